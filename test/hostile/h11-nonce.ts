import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'scripts by nonce only',
  headers: { 'content-security-policy': "default-src 'self'; script-src 'nonce-{nonce}'; img-src 'self' data:" },
};
