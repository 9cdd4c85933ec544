import type { Host } from './support/host.ts';

export const host: Host = {
  does: '`button, input { display: none !important }`',
  engines: ['chromium'],
  why: 'the rules of CSS are the same in every engine, and H01 to H03 ask all of them',
};
