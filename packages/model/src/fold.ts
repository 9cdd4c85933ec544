/**
 * The form in which text is compared, everywhere: without case and accents, so that `città` finds `CITTA`.
 *
 * Databases, browsers and languages each lower-case in their own way (İ, ς, ß), therefore this function alone folds,
 * and SQL compares what it stored.
 */
export const fold = (text: string): string => {
  const lower = text.toLowerCase();
  return isAscii.test(lower)
    ? lower
    : lower
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .toLowerCase()
        .replaceAll('ς', 'σ')
        .replaceAll('ß', 'ss');
};

// Most text is, and needs nothing of what costs most
// oxlint-disable-next-line no-control-regex
const isAscii = /^[\0-\x7F]*$/;

/** Orders texts by code point, as PostgreSQL's "C" collation does; JavaScript's `<` orders by UTF-16 unit. */
export const compareText = (a: string, b: string): number => {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return lift(left) - lift(right);
  }
  return a.length - b.length;
};

/** Surrogates stand for code points above every other unit. */
const lift = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
