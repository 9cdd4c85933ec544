import { same } from '../rules/conflicts.ts';

/** Expectations for suites that run under any test runner. */
export const isTrue = (fact: boolean, message: string): void => {
  if (!fact) throw new Error(message);
};

export const deepEqual = (actual: unknown, expected: unknown): void => {
  if (!same(actual, expected)) throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
};

export const sameText = (actual: string, expected: string): void => deepEqual(actual, expected);
