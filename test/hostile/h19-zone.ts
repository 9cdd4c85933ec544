import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'zone.js, which replaces promises, timers and listeners',
  engines: ['chromium'],
  why: 'the language and its libraries are the same in every engine',
  without: { 'leaves-no-trace': 'listeners and timers are counted by the same means that zone.js replaces' },
};
