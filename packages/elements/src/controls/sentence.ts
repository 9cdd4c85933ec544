import type { Issue } from '@tessera-crm/model/errors.js';
import { sentenceOf as modelSentence } from '@tessera-crm/model/locales/label.js';
import type { FormControls } from './form-controls.ts';

const isFact = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

/** What is wrong, in the person's language: by our own sentences, the model's for the codes of its rules. */
export const sentenceOf = (issue: Issue, form: FormControls, module?: string): string => {
  const facts = Object.fromEntries(
    Object.entries(issue.params ?? {}).filter((entry): entry is [string, string | number] => isFact(entry[1])),
  );
  const key = `issue.${issue.code}`;
  const sentence = form.text(key, facts);
  if (sentence !== key) return sentence;
  const { messages } = form.words;
  return messages ? modelSentence(issue, messages, module) : form.text('issue.invalid');
};
