import { secondLives } from './support/second-copy.ts';
import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'Trusted Types that allow one policy by the name of Lit, and two bundles',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types lit-html" },
  // The second bundle comes when the first is at work, by a script of the host
  checks: secondLives,
  without: { 'leaves-host-alone': 'the host itself adds a tag', 'leaves-no-trace': 'likewise' },
};
