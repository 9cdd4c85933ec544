import type { AnyRecord } from './module.ts';

/** Whether a record is not in the recycle bin. Whoever sees only some of its fields sees it because it is not. */
export const isAlive = (record: AnyRecord): boolean => (record['deletedAt'] ?? null) === null;
