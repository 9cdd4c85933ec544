import { secondLives } from './support/second-copy.ts';
import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'Trusted Types that allow one policy by the name of Lit, and two bundles',
  headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types lit-html" },
  checks: secondLives,
};
