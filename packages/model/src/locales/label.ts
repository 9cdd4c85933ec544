import type { ErrorCode, Issue } from '../errors.ts';

/**
 * The words of a language, by key: `deals` and `deals.one` a module and one record of it, `deals.amount` a field,
 * `tickets.priority.urgent` an option or a part, `issue.required` and `error.network` sentences.
 *
 * `*` stands for any module, and for any field: `*.amount`, `*.priority.urgent`, `*.*.other`.
 */
export type Messages = Readonly<Record<string, string>>;

/** `dueAt` and `due_at` → `Due at`. */
export const humanise = (key: string): string => {
  const words = key
    .replaceAll(/[_-]/g, ' ')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Where a label may be, the most particular first. */
const keysOf = (path: string): readonly string[] => {
  const [, field, option] = path.split('.');
  if (field === undefined || field === 'one') return [path];
  return option === undefined ? [path, `*.${field}`] : [path, `*.${field}.${option}`, `*.*.${option}`];
};

/** The label in this language, if it has one. */
export const ownLabel = (path: string, messages: Messages): string | undefined =>
  keysOf(path)
    .map((key) => messages[key])
    .find((label) => label !== undefined);

/** What a module, a field, an option or a part of a field is called; readable English where nobody says. */
export const labelOf = (path: string, messages: Messages): string =>
  ownLabel(path, messages) ?? humanise(path.slice(path.lastIndexOf('.') + 1));

const fill = (sentence: string, facts: Readonly<Record<string, unknown>>): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (hole, name: string) => {
    const fact = facts[name];
    return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : hole;
  });

/**
 * What is wrong, for people.
 *
 * @param module - The module of the record, so that fields are called as they are there.
 */
export const sentenceOf = ({ code, params = {} }: Issue, messages: Messages, module = '*'): string => {
  const owner = typeof params['module'] === 'string' ? params['module'] : module;
  const named = Array.isArray(params['fields'])
    ? (params['fields'] as readonly string[]).map((field) => labelOf(`${module}.${field}`, messages)).join(', ')
    : undefined;
  const limited = params['max'] === undefined ? undefined : messages[`issue.${code}.max`];
  const sentence = limited ?? messages[`issue.${code}`] ?? messages['issue.invalid'] ?? code;
  return fill(sentence, { ...params, module: labelOf(owner, messages), fields: named });
};

/** What went wrong and what to do about it, for people. */
export const errorSentence = (code: ErrorCode, messages: Messages): string => messages[`error.${code}`] ?? code;
