/** Local parts as mail systems of today accept them; the quoted ones of RFC 5321 are left out on purpose. */
const localPart = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}$/u;

const hostName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

const maxLength = 254;

/** The domain in lower case and ASCII: `Università.IT` → `xn--universit-61a.it`. */
const canonicalDomain = (domain: string): string | null => {
  // A host that is canonical already, as most are, stays what it is; names in Punycode may be wrong
  if (hostName.test(domain) && !domain.includes('xn--')) return domain;
  // Everything that a URL would take for the end of the host
  if (/[\s/?#:@\\[\]%]/.test(domain)) return null;
  const url = `http://${domain}`;
  if (!URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  return hostName.test(hostname) ? hostname : null;
};

/**
 * The one form of an e-mail address: domain in lower case and ASCII, local part as it was, because some servers
 * tell `Mario` from `mario`.
 *
 * @returns null when it is no address of a mailbox on the internet.
 */
export const emailAddress = (text: string): string | null => {
  const typed = text.trim().replace(/^mailto:/i, '');
  const at = typed.lastIndexOf('@');
  const local = typed.slice(0, at);
  if (at < 1 || typed.length > maxLength || !localPart.test(local) || /^\.|\.\.|\.$/.test(local)) return null;
  const domain = canonicalDomain(typed.slice(at + 1));
  const address = `${local}@${domain}`;
  return domain === null || address.length > maxLength ? null : address;
};
