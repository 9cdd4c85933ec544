import type { Host } from './support/host.ts';

export const host: Host = { does: '`<form id="customElements">`, `<img name="indexedDB">`, `<a id="trustedTypes">`' };
