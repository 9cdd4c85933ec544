import type { Host } from './support/host.ts';
import { strictLooks } from './support/look.ts';

export const host: Host = {
  does: '`* { max-height: 10px !important; overflow: hidden !important }`',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  script: { isolation: 'strict' },
  ...strictLooks,
};
