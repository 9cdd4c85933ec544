import type { Host } from './support/host.ts';
import { textFollowsBody } from './support/text-size.ts';

export const host: Host = {
  does: '`body { font-size: 200% }`',
  engines: ['chromium'],
  why: 'the rules of CSS are the same in every engine, and H01 to H03 ask all of them',
  checks: textFollowsBody,
};
