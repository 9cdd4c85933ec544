import type { Name } from '../kinds/name.ts';

/** Languages that put the family name first. */
const familyFirst = new Set(['hu', 'ja', 'ko', 'vi', 'zh']);

const join = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(' ');

const initial = (part: string | null): string => (part === null ? '' : (Array.from(part)[0] ?? ''));

/**
 * A person's name as people write it.
 *
 * @param style - `full`: Dott. Mario Rossi · `list`: Rossi Mario, as lists are sorted · `initials`: MR.
 */
export const formatName = (name: Name, locale: string, style: 'full' | 'list' | 'initials' = 'full'): string => {
  const { salutation, first, middle, last, suffix } = name;
  if (style === 'list') return join([last, first, middle]);
  const turned = familyFirst.has(locale.split('-')[0]!.toLowerCase());
  if (style === 'initials') return [first, last].map(initial).join('').toLocaleUpperCase(locale);
  return join(turned ? [salutation, last, first, middle, suffix] : [salutation, first, middle, last, suffix]);
};
