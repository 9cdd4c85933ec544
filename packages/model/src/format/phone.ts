/** Italian area codes of two and three digits; all the others have four. */
const shortAreas = /^0(?:[26]|[134578][0159]|3[0159]|9[0159])/;

/** Country codes of one digit, then those of two; the rest have three. @see ITU-T E.164, list of assigned codes */
const dialCode = /^\+(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/** Threes, the last group of up to four: `7946 0958` reads worse than `794 60958` to nobody. */
const groups = (digits: string): string => digits.replaceAll(/\d{3}(?=\d{2,})/g, '$& ').replace(/(\d) (\d)$/, '$1$2');

const formatItalian = (digits: string): string => {
  const area = digits.startsWith('0') ? (shortAreas.exec(digits)?.[0] ?? digits.slice(0, 4)) : digits.slice(0, 3);
  const rest = digits.slice(area.length);
  return `${area} ${digits.startsWith('0') ? rest : groups(rest)}`;
};

const formatNumber = (value: string): string => {
  if (!/^\+\d{7,15}$/.test(value)) return value;
  if (value.startsWith('+39')) return `+39 ${formatItalian(value.slice(3))}`;
  const code = dialCode.exec(value)?.[0] ?? value.slice(0, 4);
  return `${code} ${groups(value.slice(code.length))}`;
};

/** A number of a `phone` may carry its extension as `;ext=`, one of `phones` has it apart. */
const split = (value: string, extension: string | null): readonly [string, string | null] => {
  const [number = '', attached] = value.split(';ext=');
  return [number, extension ?? attached ?? null];
};

/** A number in groups, as people read it aloud: `+39 333 123 4567`. */
export const formatPhone = (value: string, extension: string | null = null): string => {
  const [number, inner] = split(value, extension);
  return inner === null ? formatNumber(number) : `${formatNumber(number)} ext. ${inner}`;
};

/** What a link dials: `tel:+390331123456;ext=12`. @see RFC 3966 */
export const phoneHref = (value: string, extension: string | null = null): string => {
  const [number, inner] = split(value, extension);
  const dialled = number.replaceAll(/[^\d+*#]/g, '').replaceAll('#', '%23');
  return inner === null ? `tel:${dialled}` : `tel:${dialled};ext=${inner}`;
};
