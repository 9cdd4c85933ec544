import type { Host } from './support/host.ts';
import { strictLooks } from './support/look.ts';

export const host: Host = {
  does: '`* { max-height: 10px !important; overflow: hidden !important }`',
  script: { isolation: 'strict' },
  ...strictLooks,
};
