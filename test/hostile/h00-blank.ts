import type { Host } from './support/host.ts';

/** What all the others are compared with. */
export const host: Host = { does: 'nothing at all' };
