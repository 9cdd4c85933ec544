import type { Rule, Step } from '../rule.ts';
import { isCodiceFiscale } from './fiscal-code.ts';
import { companyKey } from './names.ts';
import { isIban, isPartitaIva, isSdiCode, tidyIban } from './fiscal.ts';

/** By which the names of companies are compared; null while there is none. */
export const accountKey = (name: string | null): string | null => (name === null ? null : companyKey(name) || null);

interface Account {
  readonly vatNumber: string | null;
  readonly vatCountry: string;
  readonly taxCode: string | null;
  readonly iban: string | null;
  readonly sdiCode: string | null;
  readonly parent: string | null;
}

const capitals = (text: string): string => text.toUpperCase().replaceAll(/[\s.-]/g, '');

/** A VAT number as it is compared: in capitals, without blanks, without the country's letters. */
export const tidyVatNumber = (number: string, country: string): string => {
  const tidy = capitals(number);
  return tidy.startsWith(country) ? tidy.slice(country.length) : tidy;
};

/** Other countries' numbers are only looked at from afar; asking VIES is not a rule's business. */
const isVatNumber = (number: string, country: string): boolean =>
  country === 'IT' ? isPartitaIva(number) : /^[A-Z0-9+*]{2,15}$/.test(number);

interface FiscalField {
  readonly code: string;
  tidy(value: string, account: Account): string;
  isRight(value: string, account: Account): boolean;
}

/** How each fiscal number is written, and when it is right. */
const fiscalFields: Readonly<Record<'vatNumber' | 'taxCode' | 'iban' | 'sdiCode', FiscalField>> = {
  vatNumber: {
    code: 'vat-number',
    tidy: (value, { vatCountry }) => tidyVatNumber(value, vatCountry),
    isRight: (value, { vatCountry }) => isVatNumber(value, vatCountry),
  },
  taxCode: {
    code: 'tax-code',
    tidy: capitals,
    isRight: (value, { vatCountry }) => vatCountry !== 'IT' || isCodiceFiscale(value),
  },
  iban: { code: 'iban', tidy: tidyIban, isRight: isIban },
  sdiCode: { code: 'sdi-code', tidy: capitals, isRight: isSdiCode },
};

/** Fiscal numbers are stored tidy, and wrong ones are refused. */
export const fiscalNumbers: Rule = {
  id: 'accounts.fiscal-numbers',
  when: ['vatNumber', 'vatCountry', 'taxCode', 'iban', 'sdiCode'],
  run(step) {
    for (const [name, { code, tidy, isRight }] of Object.entries(fiscalFields)) {
      const account = step.record as unknown as Account;
      const value = account[name as keyof typeof fiscalFields];
      if (value === null || !(step.changed(name) || step.changed('vatCountry'))) continue;
      const tidied = tidy(value, account);
      step.set(name, tidied);
      if (!isRight(tidied, account)) step.refuse(name, code, { country: account.vatCountry });
    }
  },
};

/** Two accounts are not the same company: told by the VAT number, failing that by the tax code. */
export const uniqueFiscalId: Rule = {
  id: 'accounts.unique-fiscal-id',
  onRestore: true,
  when: ['vatNumber', 'vatCountry', 'taxCode'],
  async run(step) {
    if (!step.context.settings.uniqueFiscalId) return;
    const { vatNumber, vatCountry, taxCode } = step.record as unknown as Account;
    if (vatNumber !== null) await refuseOthers(step, 'vatNumber', { vatNumber, vatCountry });
    else if (taxCode !== null) await refuseOthers(step, 'taxCode', { taxCode });
  },
};

const refuseOthers = async (step: Step, field: string, where: Readonly<Record<string, string>>): Promise<void> => {
  const others = await step.read.find('accounts', where);
  const other = others.find(({ id }) => id !== step.id);
  if (other) step.refuse(field, 'taken', { fields: [field], id: other.id });
};

const maxDepth = 10;

/** Groups of companies are not endlessly deep; that they form no circle is checked for every link. */
export const parentDepth: Rule = {
  id: 'accounts.parent-depth',
  when: ['parent'],
  async run(step) {
    let parent = (step.record as unknown as Account).parent;
    for (let depth = 1; parent !== null; depth++) {
      if (depth > maxDepth) return step.refuse('parent', 'too-deep', { max: maxDepth });
      parent = ((await step.read.get('accounts', parent)) as unknown as Account | null)?.parent ?? null;
    }
  },
};
