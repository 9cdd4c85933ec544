import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'an old tab that holds the database: opening it never ends',
  engines: ['chromium'],
  why: 'the language and its libraries are the same in every engine',
  script: { user: 'ottavia' },
};
