/** Seconds in each unit, by the words for it. */
const units: readonly (readonly [RegExp, number])[] = [
  [/^(?:w|weeks?|settiman[ae]|sett|wochen?)$/, 604_800],
  [/^(?:d|g|gg|days?|giorn[oi]|tage?)$/, 86_400],
  [/^(?:h|hr|hrs|hours?|or[ae]|stunden?|std)$/, 3600],
  [/^(?:m|min|mins|minut[eoi]s?|minuten)$/, 60],
  [/^(?:s|sec|secs|seconds?|second[oi]|sekunden?)$/, 1],
];

const isoPattern = /^(-)?P(?!$)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;
const clockPattern = /^(-)?(\d{1,6}):([0-5]\d)(?::([0-5]\d))?$/;
const termPattern = /(\d+(?:[.,]\d+)?)\s*(\p{L}+)\.?/gu;

const sum = (parts: readonly (string | undefined)[], weights: readonly number[]): number =>
  weights.reduce((total, weight, index) => total + Number(parts[index] ?? 0) * weight, 0);

const readTerms = (text: string): number | null => {
  let total = 0;
  for (const [, amount, word] of text.matchAll(termPattern)) {
    const unit = units.find(([pattern]) => pattern.test(word!.toLowerCase()));
    if (!unit) return null;
    total += Number(amount!.replace(',', '.')) * unit[1];
  }
  // What stands between the terms may join them, no more
  const joints = text.replaceAll(termPattern, '').trim();
  return total > 0 && /^(?:e|and|und|,|\s)*$/i.test(joints) ? Math.round(total) : null;
};

/**
 * Reads a duration: `PT1H30M`, `1:30` (hours and minutes), `90m`, `1h 30m`, `1,5 h`, `2 giorni`; a bare number is seconds.
 *
 * A day has 24 hours. Months and years are refused, because nobody knows how long they are.
 *
 * @returns Whole seconds, or null.
 */
export const readDuration = (text: string): number | null => {
  const typed = text.trim();
  if (/^-?\d{1,12}$/.test(typed)) return Number(typed) + 0;
  const clock = clockPattern.exec(typed);
  if (clock) return sum(clock.slice(2), [3600, 60, 1]) * (clock[1] ? -1 : 1) + 0;
  const iso = isoPattern.exec(typed);
  if (iso) return sum(iso.slice(2), [604_800, 86_400, 3600, 60, 1]) * (iso[1] ? -1 : 1) + 0;
  return readTerms(typed);
};
