import type { Issue } from '@tessera-crm/model/errors.js';
import type { Field } from '@tessera-crm/model/kind.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Edit } from '../controls/edit.ts';
import type { CrmElement } from '../frame/element.ts';
import { DraftKeeper } from './draft-keeper.ts';
import type { KeptDraft, UnreadText } from './draft-storage.ts';
import { newId } from './new-id.ts';
import { showable, validate } from './validate.ts';
import { valueAt, withValueAt } from './values-at.ts';

type Values = Readonly<Record<string, unknown>>;

interface DraftOptions {
  readonly module: Module;
  /** The fields that a person sees, in order. */
  readonly fields: () => readonly string[];
  /** What is edited; nothing for a new record. */
  readonly record?: () => AnyRecord | null;
  /** What a new record starts with. */
  readonly initial?: () => Values;
  /** Under which name the draft of a person is kept over a reload; null keeps it nowhere. */
  readonly key: () => string | null;
  /** Another person works here now, and the draft has gone. */
  readonly forgotten?: () => void;
}

/**
 * The draft of a record: only what a person changed, never a copy of the rest. It is checked by the module's own
 * schema, and outlives a reload or a crash until it was saved; sensitive fields are kept nowhere.
 */
export class DraftController {
  readonly #host: CrmElement;
  readonly #options: DraftOptions;
  readonly #keeper: DraftKeeper;
  #values: Values = {};
  #unread: Readonly<Record<string, UnreadText>> = {};
  #refused: readonly Issue[] = [];
  #hasTried = false;
  #offered: KeptDraft | null = null;
  #restoredAt: number | undefined;
  #id: string | undefined;
  #extra: unknown;

  constructor(host: CrmElement, options: DraftOptions) {
    this.#host = host;
    this.#options = options;
    this.#keeper = new DraftKeeper(host, {
      key: options.key,
      draft: () => this.#kept(),
      found: (draft) => this.#meet(draft),
      forget: () => {
        this.#empty();
        options.forgotten?.();
      },
    });
  }

  /** What fields hold now: what was changed, else what the record says. */
  get values(): Values {
    const { record, initial } = this.#options;
    return { ...initial?.(), ...record?.(), ...this.#values };
  }

  /** Only what was changed: what is sent. */
  get changes(): Values {
    return this.#values;
  }

  /** The names of the fields that were changed. */
  get dirty(): readonly string[] {
    const touched = [...Object.keys(this.#values), ...Object.keys(this.#unread).map((path) => path.split('/')[1]!)];
    return [...new Set(touched)];
  }

  get isDirty(): boolean {
    return this.dirty.length > 0;
  }

  /** What is to be shown as wrong: everything once saving was tried, before that only what could not be read. */
  get issues(): readonly Issue[] {
    const found = this.#check();
    const unread = (issue: Issue): boolean => issue.path in this.#unread;
    return [...(this.#hasTried ? found : found.filter(unread)), ...this.#refused];
  }

  /** Everything wrong, shown or not. */
  get problems(): readonly Issue[] {
    return [...this.#check(), ...this.#refused];
  }

  /** Of the record that is being made; the same until it was, through reloads. */
  get id(): string {
    return this.#options.record?.()?.id ?? (this.#id ??= newId());
  }

  /** Plain data that is kept beside the fields. */
  get extra(): unknown {
    return this.#extra;
  }

  set extra(extra: unknown) {
    this.#extra = extra;
    this.#changed();
  }

  /** A draft that would overwrite what is here: the person decides. */
  get offered(): KeptDraft | null {
    return this.#offered;
  }

  /** When the draft that was brought back had been written; undefined unless one was. Milliseconds since 1970. */
  get restoredAt(): number | undefined {
    return this.#restoredAt;
  }

  unread(path: string): string | undefined {
    return this.#unread[path]?.text;
  }

  /** Stable, to be handed to controls. */
  readonly edit = (path: string, edit: Edit): void => {
    if ('removed' in edit) this.#removeRow(path, edit.removed);
    else if ('value' in edit) {
      this.#take(path, edit.value);
      this.#unread = without(this.#unread, (one) => one === path);
    } else {
      const { text, code, params } = edit;
      this.#unread = { ...this.#unread, [path]: { text, code, ...(params && { params }) } };
    }
    const field = `/${path.split('/')[1]}`;
    this.#refused = this.#refused.filter((issue) => issue.path !== '' && `/${issue.path.split('/')[1]}` !== field);
    this.#changed();
  };

  /** Checks everything, and shows from now on what is wrong. */
  validate(): readonly Issue[] {
    this.#hasTried = true;
    this.#refused = [];
    this.#host.requestUpdate();
    return this.#check();
  }

  /** What a server said is wrong; shown with its field until that is changed. */
  refuse(issues: readonly Issue[]): void {
    this.#refused = issues;
    this.#host.requestUpdate();
  }

  /** Back to the beginning; what was kept goes, too. */
  clear(): void {
    this.#empty();
    this.#keeper.drop();
    this.#host.requestUpdate();
  }

  /** A draft from elsewhere: taken at once where it overwrites nothing, else offered. @returns Whether it was taken. */
  bring(draft: Omit<KeptDraft, 'savedAt' | 'writer'>): boolean {
    const isFree = !this.isDirty;
    const kept = { ...draft, savedAt: Date.now(), writer: '' };
    if (isFree) this.#restore(kept);
    else this.#offered = kept;
    this.#changed();
    return isFree;
  }

  /** Takes the offered draft instead of what is here. */
  accept(): void {
    const { offered } = this;
    this.#offered = null;
    if (offered) this.#restore(offered);
    this.#changed();
  }

  /** Keeps what is here; the other one is overwritten. */
  decline(): void {
    this.#offered = null;
    this.#changed();
  }

  #empty(): void {
    this.#values = {};
    this.#unread = {};
    this.#refused = [];
    this.#hasTried = false;
    this.#offered = null;
    this.#restoredAt = undefined;
    this.#id = undefined;
    this.#extra = undefined;
  }

  /** A kept draft comes back by itself only where it overwrites nothing. */
  #meet(draft: KeptDraft): void {
    if (this.#keeper.isOwn(draft) && this.isDirty) return;
    if (this.isDirty) this.#offered = draft;
    else this.#restore(draft);
    this.#host.requestUpdate();
  }

  #restore({ values, unread, savedAt, id, extra }: KeptDraft): void {
    const fields = this.#options.fields();
    this.#values = showable(this.#options.module, fields, values);
    this.#unread = without(unread, (path) => !fields.includes(path.split('/')[1]!));
    this.#id = id;
    this.#extra = extra;
    if (this.isDirty) this.#restoredAt = savedAt;
  }

  #check(): readonly Issue[] {
    const { module, fields } = this.#options;
    return validate({ module, fields: fields(), values: this.values, unread: this.#unread });
  }

  #take(path: string, value: unknown): void {
    const name = path.split('/')[1]!;
    const next = withValueAt({ [name]: this.values[name] }, path, value);
    const before = this.#options.record?.()?.[name] ?? this.#options.initial?.()[name] ?? null;
    const isBack = plainJson(next[name] ?? null) === plainJson(before);
    this.#values = isBack ? without(this.#values, (one) => one === name) : { ...this.#values, ...next };
  }

  /** Rows after the one that goes move up, and with them what was typed there. */
  #removeRow(path: string, index: number): void {
    const rows = valueAt(this.values, path);
    if (!Array.isArray(rows)) return;
    const left = rows.filter((_, at) => at !== index);
    this.#take(path, left.length > 0 ? left : null);
    const moved = Object.entries(this.#unread).flatMap(([at, text]) => {
      if (!at.startsWith(`${path}/`)) return [[at, text] as const];
      const [row, ...rest] = at.slice(path.length + 1).split('/');
      const now = Number(row) > index ? Number(row) - 1 : Number(row);
      return Number(row) === index ? [] : [[[path, now, ...rest].join('/'), text] as const];
    });
    this.#unread = Object.fromEntries(moved);
  }

  #changed(): void {
    this.#host.requestUpdate();
    this.#keeper.changed();
  }

  /** What outlives a reload: nothing sensitive. */
  #kept(): Omit<KeptDraft, 'savedAt' | 'writer'> | null | undefined {
    // While a person has to decide between two drafts, none overwrites the other
    if (this.#offered) return undefined;
    if (!this.isDirty && this.#extra === undefined) return null;
    const { fields } = this.#options.module;
    const isSecret = (path: string): boolean => isSensitive(fields[path.split('/').find((part) => part !== '')!]);
    return {
      id: this.id,
      ...(this.#extra !== undefined && { extra: this.#extra }),
      values: without(this.#values, isSecret),
      unread: without(this.#unread, isSecret),
    };
  }
}

/** Needs a right of its own, or is typed unseen. */
const isSensitive = (field: Field | undefined): boolean => {
  if (!field || field.options.sensitive) return true;
  const control = field.kind.control(field.options);
  return control.as === 'text' && control.type === 'password';
};

const without = <T>(of: Readonly<Record<string, T>>, gone: (key: string) => boolean): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(of).filter(([key]) => !gone(key)));
