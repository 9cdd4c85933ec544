import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Standing } from '@tessera-crm/model/protocol/sync/client.js';
import type { Position } from './storage.ts';

/** What of a position is kept as text. */
export type Stood = Pick<Position, 'standing' | 'modules' | 'follows'>;

interface Written {
  readonly standing: Omit<Standing, 'due'> & { readonly due: readonly (readonly [key: string, version: number])[] };
  readonly modules: readonly string[];
  readonly follows: readonly string[];
}

export const positionText = ({ standing: { cursor, aclSeq, proven, due }, modules, follows }: Stood): string =>
  plainJson({ standing: { cursor, aclSeq, proven, due: [...due] }, modules, follows } satisfies Written);

export const positionFrom = (text: string): Stood => {
  const { standing, modules, follows } = JSON.parse(text) as Written;
  return { standing: { ...standing, due: new Map(standing.due) }, modules, follows };
};
