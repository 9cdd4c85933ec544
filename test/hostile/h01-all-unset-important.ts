import type { Host } from './support/host.ts';
import { strictLooks } from './support/look.ts';

export const host: Host = { does: '`* { all: unset !important }`', script: { isolation: 'strict' }, ...strictLooks };
