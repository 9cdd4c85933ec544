import { fold } from '../fold.ts';
import type { Emails } from '../kinds/emails.ts';

/** Where anybody may have an address: such a domain says nothing of a company. */
// prettier-ignore
const freeMail = new Set([
  'gmail.com', 'googlemail.com', 'outlook.com', 'outlook.it', 'hotmail.com', 'hotmail.it', 'live.com', 'live.it',
  'msn.com', 'yahoo.com', 'yahoo.it', 'ymail.com', 'icloud.com', 'me.com', 'mac.com', 'aol.com', 'gmx.com', 'gmx.net',
  'gmx.de', 'web.de', 'mail.com', 'proton.me', 'protonmail.com', 'pm.me', 'yandex.com', 'zoho.com', 'tutanota.com',
  'libero.it', 'virgilio.it', 'alice.it', 'tim.it', 'tin.it', 'tiscali.it', 'fastwebnet.it', 'inwind.it', 'iol.it',
  'email.it', 'vodafone.it', 'aruba.it', 'pec.it', 'legalmail.it', 'pec.aruba.it', 'pec.libero.it',
]);

/** Below these and a country's two letters, the third label is the owner's: `acme.co.uk`. */
const secondLevels = new Set(['co', 'com', 'org', 'net', 'gov', 'gob', 'edu', 'ac', 'or', 'ne']);

/** The domain that somebody registered: `shop.acme.it` gives `acme.it`. */
export const registrableDomain = (host: string): string => {
  const labels = fold(host)
    .split('.')
    .filter((label) => label !== '');
  const [second = '', top = ''] = labels.slice(-2);
  return labels.slice(top.length === 2 && secondLevels.has(second) ? -3 : -2).join('.');
};

/** The domain after the at sign, unless it is a mail provider's. */
export const mailDomain = (address: string): string | null => {
  const host = address.slice(address.lastIndexOf('@') + 1);
  const domain = registrableDomain(host);
  return freeMail.has(domain) || freeMail.has(fold(host)) ? null : domain;
};

const siteDomain = (website: string): string | null => {
  const host = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(website)?.[1];
  return host?.includes('.') ? registrableDomain(host) : null;
};

/** No tag is longer. */
const maxLength = 60;
const most = 50;

/** The domains of a company, by its web site and its people's addresses; null when there are none. */
export const domainsOf = (website: string | null, emails: Emails | null): readonly string[] | null => {
  const found = [website && siteDomain(website), ...(emails ?? []).map(({ value }) => mailDomain(value))];
  const domains = new Set(found.filter((domain) => Boolean(domain) && domain!.length <= maxLength) as string[]);
  return domains.size > 0 ? [...domains].slice(0, most) : null;
};
