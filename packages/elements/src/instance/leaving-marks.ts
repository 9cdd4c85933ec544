import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { WipeOptions } from '@tessera-crm/cache';

/** A cache that is to be deleted, by the beginning of its databases' names. */
export interface LeavingMark extends Required<WipeOptions> {
  readonly name: string;
}

/** The place where a prefix keeps in mind what it is about to delete, for the next page if this one ends before. */
const placeOf = (prefix: string): string => `tessera-leaving/${prefix}`;

const isMark = (value: unknown): value is LeavingMark => {
  const { name, keepUnsent } = (value ?? {}) as Partial<Record<keyof LeavingMark, unknown>>;
  return typeof name === 'string' && name.startsWith('tessera/') && typeof keepUnsent === 'boolean';
};

/** None where the browser keeps nothing. Anybody on this origin may have written there. */
export const leavingMarks = (prefix: string): readonly LeavingMark[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(placeOf(prefix)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isMark) : [];
  } catch {
    return [];
  }
};

const write = (prefix: string, marks: readonly LeavingMark[]): void => {
  try {
    if (marks.length === 0) localStorage.removeItem(placeOf(prefix));
    else localStorage.setItem(placeOf(prefix), plainJson(marks));
  } catch {
    // Where nothing is kept, nothing is left to be deleted
  }
};

export const markLeaving = (prefix: string, marks: readonly LeavingMark[]): void => {
  const names = new Set(marks.map(({ name }) => name));
  write(prefix, [...leavingMarks(prefix).filter(({ name }) => !names.has(name)), ...marks]);
};

export const unmarkLeaving = (prefix: string, name: string): void =>
  write(
    prefix,
    leavingMarks(prefix).filter((mark) => mark.name !== name),
  );
