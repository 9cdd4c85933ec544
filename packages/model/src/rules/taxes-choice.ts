import type { LineTax } from '../kinds/lines.ts';

/** A tax as the tenant defined it. */
export interface TaxDefinition {
  readonly code: string;
  /** Per cent. */
  readonly rate: string;
  readonly kind: 'normal' | 'compound' | 'deducted';
  /** The codes of the taxes on which a compound one is due as well. */
  readonly compoundOn?: readonly string[];
  /** Rates of certain regions, by their key; before all others. */
  readonly byRegion?: Readonly<Record<string, string>>;
  /** Rates from certain days on, in any order. */
  readonly byPeriod?: readonly { readonly from: string; readonly rate: string }[];
}

/** To whom something is sold. */
export interface TaxParty {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly business: boolean;
  /** Its VAT number was checked, with VIES for one of another country. */
  readonly vatValid: boolean;
  /** The Italian nature code for which it pays no VAT, such as `N3.5`. */
  readonly exemptNature: string | null;
  /** It pays VAT to the state: public bodies. */
  readonly splitPayment: boolean;
}

export interface TaxTreatment {
  /** Null: taxed as at home. Otherwise the Italian nature code that says why no tax is charged. */
  readonly nature: string | null;
  readonly splitPayment: boolean;
}

/** @see Council Directive 2006/112/EC; the codes of ISO 3166, in which Greece is GR */
const unionCountries: ReadonlySet<string> = /* @__PURE__ */ new Set(
  /* @__PURE__ */ 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/**
 * How a sale is taxed: at home as usual, to a business of the Union by reverse charge, outside of it as an export.
 *
 * @param home - The seller's country, ISO 3166-1 alpha-2.
 * @param sort - What is sold: goods leave the country, services are taxed where the customer is.
 * @see Agenzia delle Entrate, codes "natura" N2.1, N3.1, N3.2
 */
export const taxTreatment = (party: TaxParty, home: string, sort: 'goods' | 'services'): TaxTreatment => {
  const charged = (nature: string | null): TaxTreatment => ({
    nature,
    splitPayment: nature === null && party.splitPayment,
  });
  if (party.exemptNature !== null) return charged(party.exemptNature);
  if (party.country === home) return charged(null);
  if (!unionCountries.has(party.country)) return charged(sort === 'goods' ? 'N3.1' : 'N2.1');
  if (!party.business || !party.vatValid) return charged(null);
  return charged(sort === 'goods' ? 'N3.2' : 'N2.1');
};

/** The rate of a tax in a region on a day. */
export const taxRate = (tax: TaxDefinition, date: string, region: string | null): string => {
  const regional = region === null ? undefined : tax.byRegion?.[region];
  const valid = tax.byPeriod?.filter((period) => period.from <= date).toSorted((a, b) => (a.from < b.from ? 1 : -1));
  return regional ?? valid?.[0]?.rate ?? tax.rate;
};

export interface TaxMoment {
  readonly date: string;
  readonly region: string | null;
}

/** The taxes of a line: those of the product as they are on the day of the document, or none with the reason as code. */
export const taxesOfProduct = (
  taxes: readonly TaxDefinition[],
  { nature }: TaxTreatment,
  { date, region }: TaxMoment,
): readonly LineTax[] => {
  if (nature !== null) return [{ code: nature, rate: '0' }];
  const written = (tax: TaxDefinition): LineTax => {
    const plain = { code: tax.code, rate: taxRate(tax, date, region) };
    return tax.kind === 'compound' ? { ...plain, compoundOn: tax.compoundOn ?? [] } : plain;
  };
  return [
    ...taxes.filter((tax) => tax.kind === 'normal'),
    ...inOrder(taxes.filter((tax) => tax.kind === 'compound')),
  ].map(written);
};

/** A compound tax comes after those on which it is due. */
const inOrder = (taxes: readonly TaxDefinition[]): readonly TaxDefinition[] => {
  const ready = taxes.filter((tax) => taxes.every((other) => !tax.compoundOn?.includes(other.code)));
  const rest = taxes.filter((tax) => !ready.includes(tax));
  return ready.length === 0 ? [] : [...ready, ...inOrder(rest)];
};
