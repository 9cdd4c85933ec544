interface DurationParts {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

/** Not every engine has it yet, and TypeScript's library neither. */
type DurationFormat = new (
  locale: string,
  options: { readonly style: 'short' },
) => { format(duration: Partial<DurationParts>): string };

const partsOf = (seconds: number): DurationParts => ({
  hours: Math.floor(seconds / 3600),
  minutes: Math.floor((seconds % 3600) / 60),
  seconds: seconds % 60,
});

const byHand = ({ hours, minutes, seconds }: DurationParts): string =>
  [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`, seconds > 0 && `${seconds} s`].filter(Boolean).join(' ');

/**
 * A duration as people say it: `1 h e 30 min`. Hours are not turned into days, whose length is a matter of contracts.
 *
 * @param duration - Seconds, negative for what was taken back.
 */
export const formatDuration = (duration: number, locale: string): string => {
  if (duration === 0) return '0 min';
  const parts = partsOf(Math.abs(duration));
  const { DurationFormat } = Intl as unknown as { readonly DurationFormat?: DurationFormat };
  const text = DurationFormat ? new DurationFormat(locale, { style: 'short' }).format(parts) : byHand(parts);
  return duration < 0 ? `−${text}` : text;
};
