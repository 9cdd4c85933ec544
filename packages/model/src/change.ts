import type { DraftOf, IdOf, PatchOf } from './records.ts';

/**
 * One intent to change one record. Plain data: the same object waits in an outbox, travels, and is carried out.
 *
 * `base` is the version on which the author looked: fields that others changed since then are merged field by field.
 * Without it the last write wins for each field given.
 */
export type Change =
  | {
      readonly op: 'create';
      readonly module: string;
      readonly id: string;
      readonly values: Readonly<Record<string, unknown>>;
    }
  | {
      readonly op: 'update';
      readonly module: string;
      readonly id: string;
      readonly values: Readonly<Record<string, unknown>>;
      readonly base?: number;
    }
  | { readonly op: 'delete' | 'restore'; readonly module: string; readonly id: string; readonly base?: number }
  | {
      readonly op: 'act';
      readonly module: string;
      readonly id: string;
      readonly action: string;
      readonly args: Readonly<Record<string, unknown>>;
      readonly base?: number;
    };

/** Typed makers of changes. */
export const create = <K extends string>(module: K, id: IdOf<NoInfer<K>>, values: Omit<DraftOf<K>, 'id'>): Change => ({
  op: 'create',
  module,
  id,
  values: values as Readonly<Record<string, unknown>>,
});

export const update = <K extends string>(
  module: K,
  id: IdOf<NoInfer<K>>,
  values: PatchOf<K>,
  base?: number,
): Change => ({
  op: 'update',
  module,
  id,
  values: values as Readonly<Record<string, unknown>>,
  ...(base !== undefined && { base }),
});

export const remove = <K extends string>(module: K, id: IdOf<NoInfer<K>>): Change => ({ op: 'delete', module, id });

export const act = <K extends string>(
  module: K,
  id: IdOf<NoInfer<K>>,
  action: string,
  args: Readonly<Record<string, unknown>> = {},
): Change => ({
  op: 'act',
  module,
  id,
  action,
  args,
});
