import type { Host } from './support/host.ts';

export const host: Host = { does: '`button, input { display: none !important }`' };
