import { keepsInTouch } from './support/framework.ts';
import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'Angular 22, which compiles its template in the page',
  engines: ['chromium'],
  why: 'the framework’s code is the same in every engine',
  ...keepsInTouch,
};
