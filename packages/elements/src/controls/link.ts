import type { Choice } from './combobox-list.ts';
import { renderCombobox } from './combobox.ts';
import type { RenderControl } from './control-view.ts';
import { linkTexts, refOf, textsFor, titleOf, type LinkRef } from './linked.ts';

type View = Parameters<RenderControl<'link'>>[0];

/** Searched for links that may point anywhere. */
const usual = ['accounts', 'contacts', 'leads', 'deals', 'tickets'];

/** Records offered per module. */
const limit = 8;

const keyOf = ({ module, id }: LinkRef): string => `${module}:${id}`;

/** A record of another module, found by searching there. */
export const renderLink: RenderControl<'link'> = (view) => {
  const { control, form, field, value, path, onEdit } = view;
  const texts = linkTexts(field, value);
  const refs = texts.map((text) => refOf(text, control.to)).filter((ref) => ref !== null);
  const put = (next: readonly (readonly string[])[]): void => onEdit(path, { value: readLinks(view, next) });
  return renderCombobox(view, {
    isMany: control.many,
    chosen: refs.map((ref) => ({ key: keyOf(ref), label: titleAt(view, ref) })),
    find: (query, signal) => findRecords(view, query, signal),
    add: ({ key, label }) => {
      const ref = { module: key.slice(0, key.indexOf(':')), id: key.slice(key.indexOf(':') + 1) };
      form.titles.know(ref, label);
      put([...(control.many ? texts.map((text) => [text]) : []), textsFor(ref)]);
    },
    remove: (key) => put(texts.filter((text) => !isAt(text, key, control.to)).map((text) => [text])),
  });
};

const isAt = (text: string, key: string, to: readonly string[]): boolean => {
  const ref = refOf(text, to);
  return ref !== null && keyOf(ref) === key;
};

/** The value of links given by the ways to write each, of which the kind understands one. */
const readLinks = ({ field, form }: View, links: readonly (readonly string[])[]): unknown => {
  const written = links.map(
    (ways) => ways.find((way) => field.kind.parse(way, field.options, form.reading).ok) ?? ways[0]!,
  );
  const read = field.kind.parse(written.join(', '), field.options, form.reading);
  return read.ok ? read.value : null;
};

const findRecords = async ({ control, form }: View, query: string, signal: AbortSignal): Promise<readonly Choice[]> => {
  const { source } = form;
  if (!source) return [];
  const registry = await source.modules();
  const modules = (control.to.length > 0 ? control.to : usual).filter((module) => registry.find(module));
  const pages = await Promise.all(
    modules.map(async (module) => {
      const { records } = await source.store.list(module, { limit, ...(query && { search: query }) }, { signal });
      return records.map((record) => ({
        key: keyOf({ module, id: record.id }),
        label: titleOf(registry.find(module), record, form.display),
        ...(modules.length > 1 && { note: form.labels.module(module) }),
      }));
    }),
  );
  return pages.flat();
};

const titleAt = ({ form }: View, ref: LinkRef): string => {
  const title = form.titles.of(ref);
  return title === null ? form.text('link.unknown') : (title ?? '…');
};
