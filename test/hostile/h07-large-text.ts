import type { Host } from './support/host.ts';
import { textFollowsBody } from './support/text-size.ts';

export const host: Host = { does: '`body { font-size: 200% }`', checks: textFollowsBody };
