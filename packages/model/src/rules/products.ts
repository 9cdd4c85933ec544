import { compareDecimals, fromDecimal, subtract, toDecimal } from '../decimal.ts';
import type { Where } from '../query/query.ts';

const zero = toDecimal('0');

/** What of the stock nobody has spoken for yet. */
export const availableOf = (onHand: string | null, reserved: string | null): string | null =>
  onHand === null ? null : fromDecimal(subtract(toDecimal(onHand), toDecimal(reserved ?? '0')));

/** How much there is, in words that may be shown to customers; null where nobody counts. */
export const availabilityOf = (
  tracked: boolean | null,
  available: string | null,
  reorderLevel: string | null,
): 'in_stock' | 'low' | 'out' | null => {
  if (tracked !== true || available === null) return null;
  const left = toDecimal(available);
  if (compareDecimals(left, zero) <= 0) return 'out';
  return reorderLevel !== null && compareDecimals(left, toDecimal(reorderLevel)) < 0 ? 'low' : 'in_stock';
};

/** Longer than anything is sold. */
const ages = { n: 1000, unit: 'year' } as const;

/** The products that may be picked today; old documents go on showing the others. */
export const offeredToday: Where = {
  active: true,
  all: [
    { any: [{ saleFrom: null }, { saleFrom: { last: ages } }] },
    { any: [{ saleTo: null }, { saleTo: { next: ages } }] },
  ],
};
