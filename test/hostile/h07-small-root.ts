import type { Host } from './support/host.ts';
import { textFollowsBody } from './support/text-size.ts';

export const host: Host = { does: '`html { font-size: 62.5% }`', checks: textFollowsBody };
