import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'scripts by nonce, and `strict-dynamic` for what they load',
  headers: {
    'content-security-policy': "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic'; img-src 'self' data:",
  },
};
