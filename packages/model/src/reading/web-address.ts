const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** `rossi.it:8080/path` looks like a scheme and is none. */
const hostAndPort = /^(?:[^\s:/?#]+\.[^\s:/?#]+|localhost):\d{1,5}(?:[/?#]|$)/i;

const hasHost = ({ hostname }: URL): boolean => /[^.]\.[^.]|^localhost$|^\[/.test(hostname);

/**
 * Reads the address of a page, mailbox or telephone; `https://` is added where no scheme is given.
 *
 * @returns The address as browsers write it, or the code of the refusal: `scheme` for `javascript:` and the like.
 */
export const webAddress = (text: string): { readonly href: string } | { readonly code: 'url' | 'scheme' } => {
  const typed = text.trim();
  // Browsers drop line breaks and tabs, wherever they stand
  if (/\p{Cc}/u.test(typed)) return { code: 'url' };
  const scheme = hostAndPort.test(typed) ? undefined : /^[a-z][a-z0-9+.-]*:/i.exec(typed)?.[0].toLowerCase();
  if (scheme !== undefined && !schemes.has(scheme)) return { code: 'scheme' };
  const address = scheme === undefined ? `https://${typed.replace(/^\/\//, '')}` : typed;
  if (!URL.canParse(address)) return { code: 'url' };
  const url = new URL(address);
  if (!schemes.has(url.protocol)) return { code: 'scheme' };
  const complete = url.protocol.startsWith('http') ? hasHost(url) : url.pathname.length > 2;
  return complete ? { href: url.href } : { code: 'url' };
};

/** An address without what everybody leaves out: `rossi.it/chi-siamo`. */
export const shortAddress = (href: string): string =>
  href.replace(/^(?:https?:\/\/(?:www\.)?|mailto:|tel:)/, '').replace(/^([^/?#]+)\/$/, '$1');
