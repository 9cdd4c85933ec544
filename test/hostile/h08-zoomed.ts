import type { Host } from './support/host.ts';
import { overlaysAndDrags } from './support/overlays.ts';

export const host: Host = { does: '`body { zoom: 1.5 }`', checks: overlaysAndDrags };
