import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'a `fetch` that takes texts only and answers with a look-alike',
  engines: ['chromium'],
  why: 'the language and its libraries are the same in every engine',
};
