import type { Host } from './support/host.ts';
import { overlaysAndDrags } from './support/overlays.ts';

export const host: Host = { does: 'an ancestor with `transform: translate() scale()`', checks: overlaysAndDrags };
