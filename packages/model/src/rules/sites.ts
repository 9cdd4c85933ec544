import type { Address } from '../kinds/address.ts';
import type { Geo } from '../kinds/geo.ts';

/** Where a site is, as far as its address says. */
export const placeOf = (address: Address | null): Geo | null => address?.geo ?? null;
