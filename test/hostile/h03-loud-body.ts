import type { Host } from './support/host.ts';
import { looks } from './support/look.ts';

export const host: Host = {
  does: 'a body in capitals, 40px Impact, spaced, hidden, deaf to the pointer',
  script: { isolation: 'strict' },
  ...looks,
};
