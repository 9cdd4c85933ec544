import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'old scripts that add to the prototypes of lists, texts, functions and elements',
  engines: ['chromium'],
  why: 'the language and its libraries are the same in every engine',
};
