import { pause, type Visit } from './visit.ts';

interface Diagnosis {
  readonly backends: readonly { readonly offline: { readonly storage: string; readonly pending: number } | null }[];
}

/** Where the first instance keeps its data, once that is known; `none` when it keeps nothing. */
export const storageOf = async (visit: Visit): Promise<string> => {
  let storage = 'none';
  for (let tries = 0; tries < 40 && storage === 'none'; tries++) {
    const { backends } = (await visit.tab.evaluate(() => hostile.instances[0]!.diagnostics())) as unknown as Diagnosis;
    storage = backends[0]?.offline?.storage ?? 'none';
    await pause(100);
  }
  return storage;
};
