import type { Issue } from '@tessera-crm/model/errors.js';
import { sentenceOf as wordsFor, type Messages } from '@tessera-crm/model/locales/label.js';
import type { FormControls } from './form-controls.ts';

/** What is wrong, in the person's language: in the element's own words, the model's for the codes of its rules. */
export const sentenceOf = ({ params = {}, ...issue }: Issue, form: FormControls, module?: string): string => {
  const own = ownWords(issue.code, form);
  const words = `issue.${issue.code}` in own ? own : (form.words.messages ?? own);
  return wordsFor({ ...issue, params: readable(params, form.host.locale) }, words, module);
};

/** The sentences by which an element tells of one code, as it or its page words them. */
const ownWords = (code: string, form: FormControls): Messages => {
  const keys = [`issue.${code}`, `issue.${code}.max`, 'issue.invalid'];
  const texts = keys.map((key) => [key, form.text(key)] as const);
  return Object.fromEntries(texts.filter(([key, text]) => text !== key));
};

/** Numbers as people of the language write them. */
const readable = (params: Readonly<Record<string, unknown>>, locale: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(params).map(([name, fact]) => [name, typeof fact === 'number' ? fact.toLocaleString(locale) : fact]),
  );
