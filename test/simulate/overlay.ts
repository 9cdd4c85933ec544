import type { Change } from '@tessera-crm/model/change.js';
import type { Note } from './server.ts';

/** What a mutation named, where the server does not remember what it changed. */
export const named = (changes: readonly Change[]): readonly (readonly [string, number])[] =>
  changes.map(({ module, id }) => [`${module}|${id}`, 0] as const);

/** What a change makes of what is shown. */
export const overlay = (shown: Map<string, Note>, change: Change, user: string): void => {
  const note = shown.get(change.id);
  if (change.op === 'create')
    shown.set(change.id, { id: change.id, version: 0, owner: user, texts: {}, count: 0, isDeleted: false });
  if (!note) return;
  if (change.op === 'delete') shown.delete(change.id);
  if (change.op === 'update')
    shown.set(change.id, { ...note, texts: { ...note.texts, ...(change.values as Note['texts']) } });
};
