import { formatPhone, phoneHref } from '@tessera-crm/model/format/phone.js';
import type { EmailEntry } from '@tessera-crm/model/kinds/emails.js';
import type { PhoneEntry } from '@tessera-crm/model/kinds/phones.js';

/** One way to reach a person. */
export interface Reach {
  readonly sort: 'phone' | 'email';
  /** As people read and copy it. */
  readonly text: string;
  /** What it is for: work, private … */
  readonly label: string | null;
  /** Undefined where it must not or cannot be used. */
  readonly href: string | undefined;
  /** Why not. */
  readonly obstacle: 'doNotCall' | 'bounced' | null;
}

/** The one to use first, then the others in their order. */
const primaryFirst = <T extends { readonly primary: boolean }>(
  entries: readonly T[] | null | undefined,
): readonly T[] => (entries ?? []).toSorted((a, b) => Number(b.primary) - Number(a.primary));

/** @param doNotCall - Whether the person wants no calls at all. */
export const phoneReaches = (phones: readonly PhoneEntry[] | null | undefined, doNotCall: boolean): readonly Reach[] =>
  primaryFirst(phones).map(({ value, extension, label, doNotCall: notThere }) => {
    const isBarred = doNotCall || notThere;
    const isDialable = /\d{3}/.test(value);
    return {
      sort: 'phone',
      text: formatPhone(value, extension),
      label,
      href: isBarred || !isDialable ? undefined : phoneHref(value, extension),
      obstacle: isBarred ? 'doNotCall' : null,
    };
  });

export const emailReaches = (emails: readonly EmailEntry[] | null | undefined): readonly Reach[] =>
  primaryFirst(emails).map(({ value, label, invalid }) => ({
    sort: 'email',
    text: value,
    label,
    href: invalid ? undefined : mailHref(value),
    obstacle: invalid ? 'bounced' : null,
  }));

/** Everything that could add a header or another recipient is escaped. @see RFC 6068 */
const mailHref = (address: string): string =>
  `mailto:${address.replaceAll(/[^\w.@+-]/gu, (character) => encodeURIComponent(character.toWellFormed()))}`;
