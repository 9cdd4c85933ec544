import type { ColumnType, Storage } from './kind.ts';

/** One column that holds the value as it is, and compares as it is. */
export const plain = <T>(type: ColumnType): Storage<T> => ({
  columns: [{ suffix: '', type }],
  compared: 0,
  write: (value) => [value],
});

/** The value in one column, its comparable text in a second. */
export const keyed = <T>(type: ColumnType, key: (value: T) => string): Storage<T> => ({
  columns: [
    { suffix: '', type },
    { suffix: 'key', type: 'key' },
  ],
  compared: 1,
  write: (value) => [value, key(value)],
});

/** Several texts in one key: each between line breaks, so that "is one of them" is a search for `\nvalue\n`. */
export const listKey = (keys: readonly string[]): string => `\n${keys.join('\n')}\n`;

/** A list in one column, its comparable texts in a second. */
export const listed = <T>(keys: (value: T) => readonly string[]): Storage<T> =>
  keyed('json', (value) => listKey(keys(value)));
