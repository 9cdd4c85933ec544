import type { Field, Merge } from '../kind.ts';
import type { FieldConflict } from './conflicts.ts';
import { mergeItems, type ItemRules } from './merge-items.ts';
import { mergeHtml, mergeText, type Texts } from './merge-text.ts';

/** What becomes of a field that two people changed, and whose value that is. */
export interface Decision {
  readonly value: unknown;
  readonly kept: 'mine' | 'theirs' | 'both';
}

/** Null: a person has to choose. */
export type Settle = (field: Field, conflict: Pick<FieldConflict, 'base' | 'mine' | 'theirs'>) => Decision | null;

type Item = string | Readonly<Record<string, unknown>>;

const itemsOf = (value: unknown): readonly Item[] => (Array.isArray(value) ? (value as readonly Item[]) : []);

const asTexts = ({ base, mine, theirs }: Parameters<Settle>[1]): Texts => {
  const [was, own, other] = [base, mine, theirs].map((value) => (typeof value === 'string' ? value : ''));
  return { base: was!, mine: own!, theirs: other! };
};

/** Null for a value that is none, or that the field does not take. */
const fitting = ({ kind, options }: Field, value: unknown): Decision | null => {
  if (value === null) return null;
  if (value === '' || (Array.isArray(value) && value.length === 0)) return { value: null, kept: 'both' };
  const checked = kind.schema(options).safeParse(value);
  return checked.success ? { value: checked.data, kept: 'both' } : null;
};

const settleItems =
  (rulesOf: (field: Field) => ItemRules<Item>): Settle =>
  (field, { base, mine, theirs }) => {
    const versions = { base: itemsOf(base), mine: itemsOf(mine), theirs: itemsOf(theirs) };
    return fitting(field, mergeItems(versions, rulesOf(field)));
  };

/** The parts of an item that only one side changed; null when both changed the same part, unless mine counts then. */
const mergeParts =
  (isMineStronger: boolean): ItemRules<Item>['both'] =>
  ({ base, mine, theirs }) => {
    if (typeof mine === 'string' || typeof theirs === 'string' || typeof base === 'string') return mine;
    const parts = (item: Item = {}) =>
      Object.entries(item).map(([name, value]) => ({ name, value, item: { [name]: value } }));
    const versions = { base: parts(base), mine: parts(mine), theirs: parts(theirs) };
    const merged = mergeItems(versions, {
      keyOf: ({ name }) => name,
      both: (one) => (isMineStronger ? one.mine : null),
    });
    return merged && (Object.assign({}, ...merged.map(({ item }) => item)) as Item);
  };

/** How each policy decides. */
const policies: Readonly<Record<Merge, Settle>> = {
  last: (_field, { mine }) => ({ value: mine, kept: 'mine' }),
  'keep-server': (_field, { theirs }) => ({ value: theirs, kept: 'theirs' }),
  ask: () => null,
  'merge-text': (field, conflict) => fitting(field, mergeText(asTexts(conflict))),
  'merge-html': (field, conflict) => fitting(field, mergeHtml(asTexts(conflict))),
  set: settleItems(({ kind, options }) => ({
    // of a list of one, which every kind of list takes
    keyOf: (item) => String((kind.key([item], options) as readonly string[])[0]),
    both: mergeParts(true),
  })),
  lines: settleItems(() => ({
    keyOf: (item) => String(typeof item === 'string' ? item : item['id']),
    both: mergeParts(false),
  })),
};

export const mergeOf = ({ kind, options }: Field): Merge => options.merge ?? kind.merge ?? 'last';

/** Decides by the policy of the field. Pure, and the same wherever it runs. */
export const settle: Settle = (field, conflict) => policies[mergeOf(field)](field, conflict);
