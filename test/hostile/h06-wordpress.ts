import type { Host } from './support/host.ts';
import { looks } from './support/look.ts';

export const host: Host = {
  does: 'a theme in the manner of WordPress',
  engines: ['chromium'],
  why: 'a question of style sheets, which H01 to H03 ask of every engine; only here are pictures the same twice',
  ...looks,
};
