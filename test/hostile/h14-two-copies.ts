import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'the same version twice, with one prefix',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
};
