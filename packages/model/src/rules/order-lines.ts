import { compareDecimals, subtract, toDecimal } from '../decimal.ts';
import type { Line } from '../kinds/lines.ts';

type Progress = 'none' | 'partial' | 'full';

/** How far a document's lines got; null without lines that count. */
const progressOf = (lines: readonly Line[] | null, done: 'delivered' | 'invoiced'): Progress | null => {
  const counted = (lines ?? []).filter(({ optional, chosen }) => !optional || chosen);
  if (counted.length === 0) return null;
  if (counted.every((line) => compareDecimals(toDecimal(line[done]), due(line)) >= 0)) return 'full';
  return counted.some((line) => toDecimal(line[done]).units !== 0n) ? 'partial' : 'none';
};

const due = ({ quantity, cancelled }: Line) => subtract(toDecimal(quantity), toDecimal(cancelled));

export const deliveryStatusOf = (lines: readonly Line[] | null): Progress | null => progressOf(lines, 'delivered');

export const invoiceStatusOf = (lines: readonly Line[] | null): Progress | null => progressOf(lines, 'invoiced');

/** The products of a document, each once; null when there are none. */
export const productsOf = (lines: readonly Line[] | null): readonly NonNullable<Line['item']>[] | null => {
  const items = new Set((lines ?? []).flatMap(({ item }) => item ?? []));
  return items.size > 0 ? [...items] : null;
};

/** The lines as a customer may see them: without what they cost us and how we book them. */
export const forCustomers = (lines: readonly Line[] | null): readonly Line[] | null =>
  lines && lines.map((line) => ({ ...line, cost: null, glAccount: null, source: null }));
