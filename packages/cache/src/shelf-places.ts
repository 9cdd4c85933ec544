/** Text under names, such as `localStorage`. Each call may throw. */
export type Texts = Pick<globalThis.Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

/** The place of a piece of work that no database took. */
export const unsentPlace = (name: string, client: string, mid: number): string => `${name}/unsent/${client}/${mid}`;

/** The place of what the server refused of it. */
export const refusedPlace = (name: string, key: string): string => `${name}/refused/${key}`;

/** The places of all such work of a cache. */
export const shelfPlaces = (name: string, texts: Texts): readonly string[] => {
  const all = Array.from({ length: texts.length }, (_, index) => texts.key(index) ?? '');
  return all.filter((place) => place.startsWith(`${name}/unsent/`) || place.startsWith(`${name}/refused/`));
};
