import { keepsInTouch } from './support/framework.ts';
import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'Svelte 5',
  engines: ['chromium'],
  why: 'the framework’s code is the same in every engine',
  ...keepsInTouch,
};
