import type { Host } from './support/host.ts';

export const host: Host = {
  does: '`* { opacity: 0.2 !important; position: absolute !important }`',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  script: { isolation: 'strict' },
};
