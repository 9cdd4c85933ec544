import { compareDecimals, fromDecimal, subtract, toDecimal } from '../decimal.ts';

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

interface Offer {
  readonly active: boolean;
  readonly saleFrom: string | null;
  readonly saleTo: string | null;
}

/** Whether a product may be picked on a day; old documents go on showing it whatever this says. */
export const isOffered = ({ active, saleFrom, saleTo }: Offer, day: string): boolean =>
  active && (saleFrom === null || saleFrom <= day) && (saleTo === null || day <= saleTo);
