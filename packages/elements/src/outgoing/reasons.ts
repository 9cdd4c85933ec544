import { errorSentence, labelOf, sentenceOf, type Messages } from '@tessera-crm/model/locales/label.js';
import type { Refused } from '@tessera-crm/model/outgoing.js';

/** Why changes of a module were refused, in a person's words, each reason once. */
export const reasonsOf = (
  { code, facts: { issues = [] } }: Refused['error'],
  module: string,
  words: Messages,
): readonly string[] => {
  if (issues.length === 0) return [errorSentence(code, words)];
  const told = issues.map((issue) => {
    const field = issue.path.split('/')[1];
    const sentence = sentenceOf(issue, words, module);
    return field ? `${labelOf(`${module}.${field}`, words)}: ${sentence}` : sentence;
  });
  return [...new Set(told)];
};
