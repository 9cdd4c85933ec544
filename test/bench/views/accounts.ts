import type { AnyRecord } from '@tessera-crm/model/module.js';

export type Account = AnyRecord;

const industries = ['it', 'food', 'retail', 'construction'] as const;

const syllables = ['ne', 'ri', 'ver', 'di', 'bian', 'chi', 'ros', 'si', 'mo', 'ro'] as const;

/** Numbers that look like chance and are the same every time. */
const scattered = (index: number, most: number): number => Math.imul(index + 1, 0x9e37_79b1) >>> (0 % most);

const nameOf = (seed: number): string =>
  [1, 10, 100, 1000].map((part) => syllables[Math.floor(seed / part) % syllables.length]).join('') + (seed % 977);

const idOf = (index: number): string => `01900000-0000-7000-8000-${index.toString().padStart(12, '0')}`;

/**
 * An account: with each version it has another name, another industry and other people.
 *
 * @param size - How many accounts there are: each belongs to one of the first tenth.
 */
export const accountOf = (index: number, size: number, version = 1): Account => ({
  id: idOf(index % size),
  version,
  name: nameOf(scattered(index * version, 1_000_000)),
  industry: industries[(index * version) % industries.length],
  employees: scattered(index * version, 5_000),
  parent: idOf(index % Math.max(1, Math.floor(size / 10))),
  deletedAt: null,
  archivedAt: null,
});
