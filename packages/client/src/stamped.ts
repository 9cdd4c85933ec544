import { misshapen } from './envelopes.ts';

/** @throws {CrmError} `schema-mismatch` unless it says as of when it is, and under which rights. */
export const stamped = (answer: unknown, ...more: readonly string[]): unknown =>
  withNumbers(answer, ['asOf', 'aclSeq', ...more]);

/** @throws {CrmError} `schema-mismatch` unless there are numbers of these names. */
export const withNumbers = (answer: unknown, names: readonly string[]): unknown => {
  for (const name of names)
    if (typeof (answer as Readonly<Record<string, unknown>>)[name] !== 'number') throw misshapen(name);
  return answer;
};
