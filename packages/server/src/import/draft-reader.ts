import type { Field, Parsed } from '@tessera-crm/model/kind.js';
import type { Module } from '@tessera-crm/model/module.js';
import { cellReading, cellText, readText } from './cell.ts';
import type { Draft, DraftContext, ExternalId } from './draft.ts';
import { completeLine, lineId, setLineCell, type LineDraft } from './draft-lines.ts';
import type { ColumnSpec, Mapping } from './mapping.ts';
import { RowIdentities } from './row-identity.ts';
import { sentenceOf } from './sentences.ts';
import type { SourceRow } from './source-row.ts';
import { findTarget, labelPart, type LineColumn, type Target } from './target.ts';

interface Column {
  readonly header: string;
  readonly spec: ColumnSpec;
  readonly target: Target;
}

/** How much of a cell is shown in a message. */
const shownLength = 60;

const shorten = (text: string): string => (text.length > shownLength ? `${text.slice(0, shownLength)}…` : text);

const matchesRow = (row: SourceRow, when: Readonly<Record<string, readonly string[]>>): boolean =>
  Object.entries(when).every(([header, wanted]) => {
    const text = (row.cells[header] ?? '').trim();
    return wanted.includes(text) || (text !== '' && wanted.includes('*'));
  });

/** Turns rows into drafts of records of one module; made once for each file. */
export class DraftReader {
  readonly mapping: Mapping;
  readonly module: Module;
  /** Which headers feed a field, for messages about it. */
  readonly headersOf: ReadonlyMap<string, readonly string[]>;
  /** Fields of which text that is refused may be kept instead. */
  readonly lenient: ReadonlySet<string>;
  readonly #context: DraftContext;
  readonly #columns: readonly Column[];
  /** By which columns records are named in this file. */
  readonly #externalId: Mapping['externalId'][number] | undefined;
  readonly #identities: RowIdentities;
  /** Columns without a field that are kept. */
  readonly #others: readonly string[];

  constructor(
    mapping: Mapping,
    module: Module,
    { headers, ...context }: DraftContext & { readonly headers: readonly string[] },
  ) {
    this.mapping = mapping;
    this.module = module;
    this.#context = context;
    this.#identities = new RowIdentities(context.system);
    this.#columns = columnsOf(mapping, module, headers);
    this.#externalId = mapping.externalId.find(({ columns }) => columns.every((header) => headers.includes(header)));
    const ignored = new Set([
      ...mapping.ignore,
      ...Object.keys(mapping.columns),
      ...Object.keys(mapping.when),
      ...(this.#externalId?.columns ?? []),
    ]);
    this.#others = headers.filter((header) => !ignored.has(header));
    const fields = [...new Set(this.#columns.map(({ target }) => target.name))];
    this.headersOf = new Map(fields.map((field) => [field, this.#headersOf(field)]));
    this.lenient = new Set(fields.filter((field) => this.#ofField(field).every(({ spec }) => spec.bad === 'keep')));
  }

  /** Whether the mapping is for rows like this one. */
  wants(row: SourceRow): boolean {
    return matchesRow(row, this.mapping.when);
  }

  /** @param rows - The rows of one record, the first of which has what is not repeated. */
  read(rows: readonly SourceRow[]): Draft {
    const source = this.#joined(rows);
    const leftOut = this.mapping.skip.find(({ when }) => matchesRow(source, when))?.why ?? null;
    const externalIds = this.#externalIds(source);
    const draft: Draft = {
      row: source.row,
      values: {},
      links: [],
      stages: [],
      externalIds,
      content: externalIds.length === 0 ? this.#identities.of(rows) : null,
      faults: [],
      warnings: [],
      kept: {},
      source,
      leftOut,
    };
    for (const column of this.#columns) if (column.target.as !== 'line') this.#take(draft, column, source);
    this.#takeLines(draft, rows);
    for (const header of this.#others) {
      const text = source.cells[header]?.trim();
      if (text) draft.kept[header] = text;
    }
    this.#setConstants(draft, source);
    this.#dropBlanks(draft);
    return draft;
  }

  #ofField(field: string): readonly Column[] {
    return this.#columns.filter(({ target }) => target.name === field);
  }

  #headersOf(field: string): readonly string[] {
    return [...new Set(this.#ofField(field).map(({ header }) => header))];
  }

  #joined(rows: readonly SourceRow[]): SourceRow {
    const [first, ...more] = rows as [SourceRow, ...SourceRow[]];
    const append = this.mapping.group?.append ?? [];
    if (more.length === 0 || append.length === 0) return first;
    const cells = Object.assign(Object.create(null) as Record<string, string>, first.cells);
    for (const header of append)
      cells[header] = rows
        .map((row) => row.cells[header] ?? '')
        .filter(Boolean)
        .join(', ');
    return { row: first.row, cells };
  }

  #externalIds({ cells }: SourceRow): readonly ExternalId[] {
    const { aliases } = this.mapping;
    const { system } = this.#context;
    const externalId = this.#externalId;
    if (!externalId) return [];
    const id = externalId.columns.map((header) => (cells[header] ?? '').trim()).join(' | ');
    const others = Object.entries(aliases).map(([type, header]) => ({
      system,
      type,
      id: (cells[header] ?? '').trim(),
    }));
    const all = [{ system, type: externalId.type, id: id.replaceAll(/[\s|]/g, '') === '' ? '' : id }, ...others];
    return all.filter((one) => one.id !== '');
  }

  #take(draft: Draft, { header, spec, target }: Column, row: SourceRow): void {
    const raw = row.cells[header] ?? '';
    const text = cellText(spec, raw);
    if (spec.keep && raw.trim() !== '') draft.kept[header] = raw.trim();
    if (text.trim() === '') return;
    if (spec.reference)
      return void draft.links.push({
        header,
        text: text.trim(),
        target,
        spec: spec.reference,
        line: null,
        isOptional: spec.optional,
      });
    if (spec.stages) return void draft.stages.push({ header, text: text.trim(), target, like: spec.stages });
    const read = readText(fieldToRead(target), text, cellReading(spec, row, this.#context.reading));
    if (read.ok) place(draft.values, target, read.value);
    else this.#refuse(draft, { header, spec, target, text }, read);
  }

  /** Unknown options never cost a row: what somebody chose elsewhere is kept beside the record. */
  #refuse(
    draft: Draft,
    { header, spec, target, text }: Column & { readonly text: string },
    read: Parsed<unknown> & { readonly ok: false },
  ): void {
    const { code } = read;
    const sentence = sentenceOf(code, { ...read.params, value: shorten(text.trim()) });
    const isKept = spec.bad === 'keep' || (code === 'option' && target.field.presence !== 'required');
    if (isKept) draft.kept[header] = text.trim();
    (isKept ? draft.warnings : draft.faults).push({ column: header, code, sentence });
  }

  #takeLines(draft: Draft, rows: readonly SourceRow[]): void {
    const columns = this.#columns.filter(({ target }) => target.as === 'line');
    if (columns.length === 0) return;
    const document = draft.externalIds[0]?.id ?? `${this.#context.file} ${draft.row}`;
    const lines: LineDraft[] = [];
    for (const row of rows) {
      const filled = columns.filter(({ header, spec }) => cellText(spec, row.cells[header] ?? '').trim() !== '');
      if (filled.length === 0) continue;
      const line: LineDraft = { id: lineId(document, lines.length), item: null };
      for (const column of filled) this.#takeLineCell(draft, line, { ...column, row, index: lines.length });
      lines.push(line);
    }
    draft.values[columns[0]!.target.name] = lines.map(completeLine);
  }

  #takeLineCell(draft: Draft, line: LineDraft, at: Column & { readonly row: SourceRow; readonly index: number }): void {
    const { header, spec, target, row, index } = at;
    const text = cellText(spec, row.cells[header] ?? '').trim();
    if (spec.reference) {
      draft.links.push({ header, text, target, spec: spec.reference, line: index, isOptional: spec.optional });
      line['description'] ??= text;
      return;
    }
    const code = setLineCell(line, target.part as LineColumn, text, this.#context.reading);
    if (code !== null)
      draft.faults.push({
        column: header,
        code,
        sentence: `Row ${row.row}: ${sentenceOf(code, { value: shorten(text) })}`,
      });
  }

  #setConstants(draft: Draft, { cells }: SourceRow): void {
    for (const [name, constant] of Object.entries(this.mapping.set)) {
      if ((draft.values[name] ?? null) !== null || draft.links.some(({ target }) => target.name === name)) continue;
      const value = typeof constant === 'string' ? filledIn(constant, cells) : constant;
      const field = this.module.fields[name]!;
      const read = typeof value === 'string' ? readText(field, value, this.#context.reading) : { ok: true, value };
      if ('value' in read && read.value !== null) draft.values[name] = read.value;
      else if ('code' in read)
        draft.faults.push({ column: null, code: read.code, sentence: `${name}: ${sentenceOf(read.code, { value })}` });
    }
  }

  /** Parts that are too few to make a value, such as an address of a province alone, are kept as text. */
  #dropBlanks(draft: Draft): void {
    for (const column of this.#columns) {
      const { name, field, as } = column.target;
      const value = draft.values[name];
      if (as !== 'part' || value === undefined) continue;
      const checked = field.kind.schema(field.options).safeParse(value);
      if (checked.success || checked.error.issues[0]?.message !== 'blank') continue;
      delete draft.values[name];
      for (const header of this.headersOf.get(name) ?? []) {
        const text = draft.source.cells[header]?.trim();
        if (text) draft.kept[header] = text;
      }
    }
  }
}

const columnsOf = (mapping: Mapping, module: Module, headers: readonly string[]): readonly Column[] => {
  const there = new Set(headers);
  return Object.entries(mapping.columns).flatMap(([header, specs]) =>
    !there.has(header)
      ? []
      : specs.flatMap((spec) => {
          const found = findTarget(module, spec);
          return 'target' in found ? [{ header, spec, target: found.target }] : [];
        }),
  );
};

/** By which field text is read: that of the part, else the whole one. */
const fieldToRead = ({ partField, field }: Target): Field => partField ?? field;

/** Puts a value where its target is. Of several columns for the same place the first that says something counts. */
const place = (values: Record<string, unknown>, target: Target, value: unknown): void => {
  if (value === null) return;
  const { name, as, part } = target;
  if (as === 'part') values[name] = { [part!]: value, ...(values[name] as object | undefined) };
  else if (as === 'entry')
    values[name] = [...((values[name] as unknown[] | undefined) ?? []), ...entries(target, value)];
  else if (Array.isArray(value))
    values[name] = [...((values[name] as unknown[] | undefined) ?? []), ...(value as unknown[])];
  else values[name] ??= value;
};

const entries = (target: Target, value: unknown): readonly unknown[] => {
  const label = target.label === null ? {} : { [labelPart(target)]: target.label };
  if (target.part !== null) return [{ ...label, [target.part]: value }];
  return (value as readonly object[]).map((entry) => ({ ...entry, ...label }));
};

/** `Order {number}` with the cells of the row. */
const filledIn = (template: string, cells: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{([^{}]+)\}/g, (_all, header: string) => (cells[header] ?? '').trim());
