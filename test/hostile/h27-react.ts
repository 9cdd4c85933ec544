import { keepsInTouch } from './support/framework.ts';
import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'React 19 in strict mode, which sets objects as properties before any code is there',
  engines: ['chromium'],
  why: 'the framework’s code is the same in every engine',
  ...keepsInTouch,
};
