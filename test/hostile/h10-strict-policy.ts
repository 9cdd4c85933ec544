import type { Host } from './support/host.ts';

export const host: Host = {
  does: '`default-src none`, scripts from the site itself, `style-src none`',
  headers: {
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'none'; connect-src 'self'; img-src 'self' data:",
  },
};
