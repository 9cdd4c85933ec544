import type { Host } from './support/host.ts';

export const host: Host = {
  does: '`* { opacity: 0.2 !important; position: absolute !important }`',
  script: { isolation: 'strict' },
};
