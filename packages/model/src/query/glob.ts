/**
 * Whether `text` as a whole fits `pattern`, in which `*` stands for any characters and `?` for one.
 * Greedy with one step back, so that no pattern takes longer than both lengths multiplied.
 */
export const matchesGlob = (pattern: string, text: string): boolean => {
  const wanted = Array.from(pattern);
  const given = Array.from(text);
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < given.length;) {
    if (wanted[at] === '*') {
      star = at++;
      resume = index;
    } else if (wanted[at] === '?' || wanted[at] === given[index]) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every((character) => character === '*');
};
