import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'scripts by nonce, and `strict-dynamic` for what they load',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  headers: {
    'content-security-policy': "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic'; img-src 'self' data:",
  },
};
