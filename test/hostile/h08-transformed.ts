import type { Host } from './support/host.ts';
import { overlaysAndDrags } from './support/overlays.ts';

export const host: Host = {
  does: 'an ancestor with `transform: translate() scale()`',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  checks: overlaysAndDrags,
};
