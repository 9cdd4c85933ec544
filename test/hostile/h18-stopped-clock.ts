import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'a clock that stands at 1970',
  engines: ['chromium'],
  why: 'the language and its libraries are the same in every engine',
};
