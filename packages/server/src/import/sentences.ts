type Params = Readonly<Record<string, unknown>>;

const shown = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));

/** What each code means to whoever looks at the file; `value` is the text of the cell where there is one. */
const sentences: Readonly<Record<string, (params: Params) => string>> = {
  required: () => 'It must have a value.',
  type: () => 'It has the wrong form.',
  'too-long': ({ max }) => (max === undefined ? 'It is too long.' : `It is longer than ${shown(max)} characters.`),
  'too-big': ({ max }) => `It is greater than ${shown(max)}.`,
  'too-small': ({ min }) => `It is less than ${shown(min)}.`,
  'too-many': () => 'It has too many entries.',
  characters: () => 'It has characters that cannot be stored.',
  blank: () => 'It holds nothing that counts.',
  email: ({ value }) => `"${shown(value)}" is no e-mail address.`,
  phone: ({ value }) => `"${shown(value)}" is no telephone number.`,
  url: ({ value }) => `"${shown(value)}" is no web address.`,
  scheme: ({ value }) => `"${shown(value)}" is no address that may be opened.`,
  number: ({ value }) => `"${shown(value)}" is no number.`,
  integer: ({ value }) => `"${shown(value)}" is no whole number.`,
  date: ({ value }) => `"${shown(value)}" is no date.`,
  datetime: ({ value }) => `"${shown(value)}" is no date and time.`,
  instant: ({ value }) => `"${shown(value)}" is no date and time.`,
  toggle: ({ value }) => `"${shown(value)}" is neither yes nor no.`,
  country: ({ value }) => `"${shown(value)}" is no country.`,
  currency: ({ value }) => `"${shown(value)}" is no currency.`,
  language: ({ value }) => `"${shown(value)}" is no language.`,
  option: ({ value, options }) => `"${shown(value)}" is none of the options ${shown(options ?? '')}.`,
  stage: ({ value }) => `No stage is like "${shown(value)}"; the first open one was taken.`,
  id: ({ value }) => `"${shown(value)}" is no id.`,
  'missing-link': ({ value, module }) => `Nothing in "${shown(module)}" is called "${shown(value)}".`,
  'ambiguous-link': ({ value, module }) =>
    `Several in "${shown(module)}" are called "${shown(value)}"; the oldest was taken.`,
  taken: () => 'Another record has the same value already.',
  cycle: () => 'It would lead back to itself.',
  'vat-number': () => 'The VAT number is wrong.',
  'tax-code': () => 'The tax code is wrong.',
  iban: () => 'The IBAN is wrong.',
  'sdi-code': () => 'The SDI code is wrong.',
  'one-of': ({ fields }) => `One of ${shown(fields)} must have a value.`,
  'lifecycle.forbidden': ({ from, to }) => `It cannot go from ${shown(from)} to ${shown(to)}.`,
  'unclosed-quote': () => 'A quotation mark is opened here and never closed.',
  'broken-quote': () => 'A quotation mark stands in the middle of a cell; within quoted text it has to be doubled.',
  'too-many-cells': ({ expected, found }) =>
    `The row has ${shown(found)} cells, the header ${shown(expected)}: a text with the delimiter in it needs quotation marks.`,
  'too-few-cells': ({ expected, found }) => `The row has ${shown(found)} cells, the header ${shown(expected)}.`,
  'here-already': () => 'It is here already.',
  duplicate: ({ keys, row }) =>
    `It has the same ${shown(keys)} as ${row === undefined ? 'a record that is here' : `row ${shown(row)}`}.`,
  unchanged: () => 'It is here already, with the same values.',
  deleted: () => 'It was imported before and deleted here since.',
  'left-out': ({ why }) => shown(why),
  orphan: () => 'The row continues a record, but none stands before it.',
};

/** A sentence for a code; codes of rules that nobody foresaw say their name. */
export const sentenceOf = (code: string, params: Params = {}): string =>
  Object.hasOwn(sentences, code) ? sentences[code]!(params) : `It is refused: ${code.replaceAll(/[-.]/g, ' ')}.`;
