import type { Domain, Field } from '../kind.ts';
import type { Id } from '../id.ts';
import type { Relation } from '../module.ts';
import type { Modules } from '../modules/built-in.ts';
import type { ModuleKey, RecordOf } from '../records.ts';

/** A filter over records whose module is known only at run time. Plain data. */
export interface Where {
  readonly all?: readonly Where[];
  readonly any?: readonly Where[];
  readonly none?: readonly Where[];
  readonly [field: string]: unknown;
}

/** A query as plain, frozen data: the same for lists, counts, exports, caches and permissions. */
export interface Query {
  readonly where?: Where;
  /** Words that must all be found somewhere in the module's search fields. */
  readonly search?: string;
  /** Fields, `-` before one for descending; ids break ties. */
  readonly sort?: readonly string[];
  /** 1 to 200; 50 unless told. */
  readonly limit?: number;
  /** The `next` of the page before. */
  readonly after?: string;
  /** Links whose records come along: `account`, `account.parent`. */
  readonly include?: readonly string[];
  /** Only these fields; `id` and `version` always come. */
  readonly fields?: readonly string[];
  readonly count?: 'exact';
  /** Records in the recycle bin or the archive are left out unless asked for. */
  readonly deleted?: 'only';
  readonly archived?: 'only' | 'with';
}

/** One page of a list. */
export interface Page<T = unknown, I = unknown> {
  readonly records: readonly T[];
  /** The cursor of the next page; null on the last. */
  readonly next: string | null;
  /** How many records match, when asked for. */
  readonly count?: number;
  /** Linked records by module and id, when asked for. */
  readonly included?: I;
}

interface Emptiness {
  /** True: has no value. False: has one. */
  readonly empty?: boolean;
}

interface Equality<T> extends Emptiness {
  readonly is?: T | null;
  readonly isNot?: T | null;
  readonly in?: readonly T[];
  readonly notIn?: readonly T[];
}

interface Ordered<T> extends Equality<T> {
  readonly lt?: T;
  readonly lte?: T;
  readonly gt?: T;
  readonly gte?: T;
  /** Both ends included. */
  readonly between?: readonly [T, T];
}

/** Compared without case and accents. */
interface Textual extends Equality<string> {
  readonly contains?: string;
  readonly notContains?: string;
  readonly starts?: string;
  readonly ends?: string;
  /** With `*` for any characters and `?` for one. */
  readonly matches?: string;
}

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** Dates are `YYYY-MM-DD`; for instants a date means that day in the viewer's time zone. */
interface Temporal extends Ordered<string> {
  readonly before?: string;
  readonly after?: string;
  /** `today`, `thisWeek`, `lastQuarter`, `last30Days` … */
  readonly relative?: string;
  readonly last?: { readonly n: number; readonly unit: Unit };
  readonly next?: { readonly n: number; readonly unit: Unit };
  readonly olderThan?: { readonly n: number; readonly unit: Unit };
}

/** A value that is itself a list. */
interface Several extends Emptiness {
  /** One of the values is this. */
  readonly is?: string;
  readonly isNot?: string;
  /** One of the values contains this. */
  readonly contains?: string;
  readonly notContains?: string;
  readonly starts?: string;
  readonly containsAny?: readonly string[];
  readonly containsAll?: readonly string[];
  readonly containsNone?: readonly string[];
}

interface Linked<T> extends Equality<T> {
  /** The acting user, or the customer a token stands for. */
  readonly isMe?: boolean;
}

type Conditions<T, D extends Domain> = {
  text: Textual;
  number: Ordered<number>;
  decimal: Ordered<string>;
  date: Temporal;
  instant: Temporal;
  boolean: { readonly is?: boolean; readonly isNot?: boolean } & Emptiness;
  choice: Equality<T>;
  link: Linked<T> & (T extends Id<infer M> ? { readonly has?: WhereOf<M> } : unknown);
  list: Several;
  opaque: Emptiness;
}[D];

type Shorthand<T, D extends Domain> = D extends 'text' | 'choice' | 'boolean' | 'date' | 'number'
  ? T | null
  : D extends 'link'
    ? T | null
    : never;

type FieldWhere<F> = F extends Field<infer T, infer _P, infer D> ? Conditions<T, D> | Shorthand<T, D> : never;

type ManyWhere<R> = R extends Relation
  ? { readonly some?: WhereOf<R['module']>; readonly none?: WhereOf<R['module']> }
  : never;

/** A filter over the records of a module, checked against its fields by the compiler. */
export type WhereOf<K extends string> = K extends ModuleKey
  ? {
      readonly all?: readonly WhereOf<K>[];
      readonly any?: readonly WhereOf<K>[];
      readonly none?: readonly WhereOf<K>[];
      readonly id?: Linked<Id<K>> | Id<K>;
    } & { readonly [Key in keyof Modules[K]['fields']]?: FieldWhere<Modules[K]['fields'][Key]> } & {
      readonly [Key in keyof Modules[K]['many']]?: ManyWhere<Modules[K]['many'][Key]>;
    }
  : Where;

type FieldOf<K extends ModuleKey> = keyof Modules[K]['fields'] & string;

/** The links of a module that lead to one known module. */
export type LinkOf<K extends string> = K extends ModuleKey
  ? {
      [Key in FieldOf<K>]: Modules[K]['fields'][Key] extends Field<Id<infer _M>>
        ? IsBranded<Modules[K]['fields'][Key]> extends true
          ? Key
          : never
        : never;
    }[FieldOf<K>]
  : string;

type IsBranded<F> =
  F extends Field<infer T> ? (T extends Id<infer M> ? (string extends M ? false : true) : false) : false;

/** The module to which a link leads. */
export type TargetOf<K extends string, L> = K extends ModuleKey
  ? L extends keyof Modules[K]['fields']
    ? Modules[K]['fields'][L] extends Field<infer T>
      ? T extends Id<infer M>
        ? M
        : never
      : never
    : never
  : string;

type Path<K extends string> = LinkOf<K> | `${LinkOf<K>}.${string}`;

type HeadOf<P> = P extends `${infer Head}.${string}` ? Head : P;

/** The records that came along, by module and id. */
export type Included<K extends string, I> = string extends K
  ? Readonly<Record<string, Readonly<Record<string, RecordOf<string>>>>>
  : { readonly [M in TargetOf<K, HeadOf<I>>]: Readonly<Record<string, RecordOf<M>>> };

/** A query whose fields, operators, values and links the compiler checks. */
export interface QueryOf<K extends string, I extends Path<K> = Path<K>> extends Omit<
  Query,
  'where' | 'sort' | 'include' | 'fields'
> {
  readonly where?: WhereOf<K>;
  readonly sort?: readonly (K extends ModuleKey ? FieldOf<K> | `-${FieldOf<K>}` : string)[];
  readonly include?: readonly I[];
  readonly fields?: readonly (K extends ModuleKey ? FieldOf<K> : string)[];
}

export type PathOf<K extends string> = Path<K>;

export type PageOf<K extends string, I = never> = Page<RecordOf<K>, Included<K, I>>;

/** A date or instant cut to a period, a choice, a link: what an aggregate groups by. */
export interface Bucket {
  readonly field: string;
  readonly by?: 'day' | 'week' | 'month' | 'quarter' | 'year';
}

/** Counts and sums over the records that match, by group. */
export interface Aggregate {
  readonly where?: Where;
  readonly search?: string;
  readonly rows?: readonly (string | Bucket)[];
  readonly measures: readonly { readonly fn: 'count' | 'sum' | 'min' | 'max' | 'average'; readonly field?: string }[];
  readonly limit?: number;
}

/** One group: its keys in the order of `rows`, its figures in the order of `measures` (decimals as strings). */
export interface Group {
  readonly keys: readonly (string | number | boolean | null)[];
  readonly values: readonly (string | number | null)[];
}
