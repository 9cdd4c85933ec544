import type { Issue } from '@tessera-crm/model/errors.js';
import type { FormControls } from './form-controls.ts';

const isFact = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

/** What is wrong, in the person's language; a plain sentence for codes that we do not know. */
export const sentenceOf = (issue: Issue, form: Pick<FormControls, 'text'>): string => {
  const facts = Object.fromEntries(
    Object.entries(issue.params ?? {}).filter((entry): entry is [string, string | number] => isFact(entry[1])),
  );
  const key = `issue.${issue.code}`;
  const sentence = form.text(key, facts);
  return sentence === key ? form.text('issue.invalid') : sentence;
};
