import type { Host } from './support/host.ts';
import { secondLives } from './support/second-copy.ts';

export const host: Host = { does: 'two copies with a prefix each', checks: secondLives };
