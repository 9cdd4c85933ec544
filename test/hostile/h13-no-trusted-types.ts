import type { Host } from './support/host.ts';

export const host: Host = {
  does: 'Trusted Types that allow no policy at all',
  headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types 'none'" },
};
