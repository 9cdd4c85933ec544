import { create } from '@tessera-crm/model/change.js';
import { documents } from '@tessera-crm/model/kinds/file.js';
import { maxFileBytes } from '@tessera-crm/model/protocol/files.js';
import { html, nothing } from 'lit';
import { newId } from '../draft/new-id.ts';
import type { ControlView, RenderControl } from './control-view.ts';
import { renderDropZone } from './drop-zone.ts';
import { Uploads, type Upload } from './uploads.ts';

/** What a stored file is as a document. */
export const documentOf = ({ id, name, type, size }: Upload): Readonly<Record<string, unknown>> => ({
  title: name.slice(0, 255),
  type: 'file',
  file: id,
  fileName: name.slice(0, 255),
  ...(type && { mime: type.slice(0, 120) }),
  size,
});

const idsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? (value as readonly string[]) : typeof value === 'string' ? [value] : [];

/** Documents: each file becomes one as soon as it has arrived. Without a way to send files, only what is there. */
export const renderFile: RenderControl<'file'> = (view) => {
  const { form, control, id, label, path, isReadonly, describedBy } = view;
  const uploads = form.memory(path, 'uploads', () => new Uploads(() => form.changed()));
  const sender = form.source?.files ?? null;
  const stored = idsOf(view.value).length - uploads.done.length;
  return html`
    ${stored > 0 ? html`<p class="muted">${form.text('file.stored', { count: stored })}</p>` : nothing}
    ${sender === null && !isReadonly ? html`<p class="hint">${form.text('file.unavailable')}</p>` : nothing}
    ${renderDropZone({
      form,
      id,
      label,
      items: uploads.items,
      isMany: control.many,
      accept: control.accept,
      describedBy,
      isReadonly: isReadonly || sender === null,
      onAdd: (files) => void (sender && send(view, uploads, files)),
      onRemove: (key) => remove(view, uploads, key),
      onRetry: (key) => void (sender && uploads.retry(key, sender).then(() => keep(view, uploads))),
    })}
  `;
};

type View = ControlView & Parameters<RenderControl<'file'>>[0];

const send = async (view: View, uploads: Uploads, files: readonly File[]): Promise<void> => {
  const sender = view.form.source?.files;
  if (!sender) return;
  await uploads.add(files, sender, { accept: view.control.accept, max: maxFileBytes });
  await keep(view, uploads);
};

/** The documents that uploads became, by the id of the file. */
const madeOf = ({ form, path }: View): Map<string, string> =>
  form.memory(path, 'documents', () => new Map<string, string>());

/** Makes documents of what arrived since, and puts their ids into the field. */
const keep = async (view: View, uploads: Uploads): Promise<void> => {
  const { form, control, path, onEdit } = view;
  const made = madeOf(view);
  const fresh = uploads.done.filter((one) => one.id !== undefined && !made.has(one.id));
  const changes = fresh.map((one) => create(documents, newId(), documentOf(one) as never));
  if (changes.length === 0 || !form.source) return;
  try {
    await form.source.store.apply(changes);
  } catch (error) {
    form.host.fail(error);
    return;
  }
  fresh.forEach((one, index) => made.set(one.id!, changes[index]!.id));
  const ids = changes.map(({ id }) => id);
  onEdit(path, { value: control.many ? [...idsOf(view.value), ...ids] : ids[0] });
};

const remove = (view: View, uploads: Uploads, key: number): void => {
  const gone = madeOf(view).get(uploads.items.find((one) => one.key === key)?.id ?? '');
  uploads.remove(key);
  if (gone === undefined) return;
  const left = idsOf(view.value).filter((id) => id !== gone);
  view.onEdit(view.path, { value: view.control.many && left.length > 0 ? left : null });
};
