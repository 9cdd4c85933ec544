import { numberFormat } from './intl.ts';

export interface NumberStyle {
  /** Digits after the point at most. */
  readonly digits?: number;
  /** Written after the number: kg, km, points. */
  readonly unit?: string;
}

/** A number as people write it: `12.345,5 kg` in Italian. */
export const formatNumber = (
  value: number | string,
  locale: string,
  { digits = 0, unit }: NumberStyle = {},
): string => {
  const number = numberFormat(locale, { maximumFractionDigits: digits, useGrouping: 'always' }).format(
    value as Intl.StringNumericLiteral,
  );
  return unit === undefined ? number : `${number} ${unit}`;
};

/** `12,5 %` or `12.5%`, as the language wants it. */
export const formatPercent = (value: string, locale: string, digits = 2): string =>
  numberFormat(locale, { style: 'unit', unit: 'percent', maximumFractionDigits: digits }).format(
    value as Intl.StringNumericLiteral,
  );
