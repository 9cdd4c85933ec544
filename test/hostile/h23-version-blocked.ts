import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'an old tab that holds the database: opening it never ends',
  script: { user: 'ottavia' },
};
