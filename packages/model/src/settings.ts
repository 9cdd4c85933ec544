/** What a tenant decides for itself. Plain data; each has a default, so that an empty tenant works. */
export interface Settings {
  readonly currency: string;
  readonly country: string;
  readonly timeZone: string;
  readonly locale: string;
  /** 1 = January. */
  readonly fiscalYearStart: number;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekStart: number;
  /** Days within which an answer re-opens a closed ticket. */
  readonly reopenDays: number;
  /** VAT number, or failing that tax code, is unique among accounts. */
  readonly uniqueFiscalId: boolean;
  readonly uniqueContactEmail: boolean;
  /** Thresholds of marketing qualification: engagement points and stars. */
  readonly mqlEngagement: number;
  readonly mqlStars: number;
  readonly company: string;
}

export const defaultSettings: Settings = {
  currency: 'EUR',
  country: 'IT',
  timeZone: 'Europe/Rome',
  locale: 'it',
  fiscalYearStart: 1,
  weekStart: 1,
  reopenDays: 7,
  uniqueFiscalId: false,
  uniqueContactEmail: false,
  mqlEngagement: 40,
  mqlStars: 2,
  company: '',
};
