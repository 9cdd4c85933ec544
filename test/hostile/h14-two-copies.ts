import type { Host } from './support/host.ts';

export const host: Host = { does: 'the same version twice, with one prefix' };
