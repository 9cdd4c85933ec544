import type { Issue } from '@tessera-crm/model/errors.js';
import type { Module } from '@tessera-crm/model/module.js';
import { checkValues, pointer } from '@tessera-crm/model/schema.js';
import type { UnreadText } from './draft-storage.ts';
import { valueAt } from './values-at.ts';

type Values = Readonly<Record<string, unknown>>;

interface Checked {
  readonly module: Module;
  /** The fields that a person sees. */
  readonly fields: readonly string[];
  readonly values: Values;
  readonly unread: Readonly<Record<string, UnreadText>>;
}

const isBlank = (value: unknown): boolean => value === null || value === undefined || value === '';

/** Everything wrong with a draft at once, in the order of its fields: what is missing, unreadable or not valid. */
export const validate = ({ module, fields, values, unread }: Checked): readonly Issue[] => {
  const texts = Object.entries(unread).map(([path, { code, params }]): Issue => ({
    path,
    code,
    ...(params && { params }),
  }));
  const given = Object.fromEntries(fields.filter((name) => !isBlank(values[name])).map((name) => [name, values[name]]));
  const wrong = checkValues(module, given).issues.map((issue) => missingIfBlank(issue, values));
  const missing = fields
    .filter((name) => module.fields[name]?.presence === 'required' && isBlank(values[name]))
    .map((name): Issue => ({ path: pointer([name]), code: 'required' }));
  const all = firstOfEach([...texts, ...missing, ...wrong]);
  const rank = ({ path }: Issue): number => fields.indexOf(path.split('/')[1] ?? '');
  return all.toSorted((a, b) => rank(a) - rank(b));
};

/** Values from outside without those that no control could show: fields unknown, or of another type altogether. */
export const showable = (module: Module, fields: readonly string[], values: Values): Values => {
  const known = Object.fromEntries(Object.entries(values).filter(([name]) => fields.includes(name)));
  const { issues } = checkValues(module, known);
  const wrong = issues.filter(({ code, path }) => code === 'type' && !isBlank(valueAt(known, path)));
  const names = new Set(wrong.map(({ path }) => path.split('/')[1]));
  return Object.fromEntries(Object.entries(known).filter(([name]) => !names.has(name)));
};

/** The schema says of a blank part that it is of the wrong type; a person wants to hear that it is missing. */
const missingIfBlank = (issue: Issue, values: Values): Issue =>
  isBlank(valueAt(values, issue.path)) ? { path: issue.path, code: 'required' } : issue;

/** One issue per place is enough to act upon. */
const firstOfEach = (issues: readonly Issue[]): readonly Issue[] =>
  [...new Map(issues.toReversed().map((issue) => [issue.path, issue])).values()].toReversed();
