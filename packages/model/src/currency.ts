/** The currencies whose smallest unit is not a hundredth. @see ISO 4217, table A.1 */
const digits: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** How many digits after the point an amount of this currency has. */
export const currencyDigits = (currency: string): number => digits[currency] ?? 2;

export const isCurrency = (code: string): boolean => /^[A-Z]{3}$/.test(code);
