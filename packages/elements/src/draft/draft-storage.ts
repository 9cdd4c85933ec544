import { isId } from '@tessera-crm/model/id.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';

/** A draft as it outlives a reload. */
export interface KeptDraft {
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** Which tab wrote it. */
  readonly writer: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Of the record that is being made, so that no reload makes two of it. */
  readonly id: string;
  /** What belongs to the draft beside fields, such as files that were sent already. Plain data. */
  readonly extra?: unknown;
  /** What was typed and says no value yet, by path. */
  readonly unread: Readonly<Record<string, UnreadText>>;
}

export interface UnreadText {
  readonly text: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** A draft that nobody came back to is forgotten, in milliseconds. */
const maxAge = 14 * 24 * 3_600_000;

const blocked = new Map<string, string>();

type Place = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

/** What a page may be refused: then the draft lives as long as the page. */
const memory: Place = {
  get length() {
    return blocked.size;
  },
  key: (index) => [...blocked.keys()][index] ?? null,
  getItem: (key) => blocked.get(key) ?? null,
  setItem: (key, value) => void blocked.set(key, value),
  removeItem: (key) => void blocked.delete(key),
};

const places: readonly (() => Place)[] = [() => localStorage, () => sessionStorage, () => memory];

/** The first place where the work can be done; sandboxed pages and full disks throw. */
const somewhere = <T>(work: (place: Place) => T): T | undefined => {
  for (const place of places) {
    try {
      return work(place());
    } catch {
      continue;
    }
  }
  return undefined;
};

const everywhere = (work: (place: Place) => void): void => {
  for (const place of places) {
    try {
      work(place());
    } catch {
      continue;
    }
  }
};

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isUnread = (value: unknown): boolean =>
  isTable(value) && typeof value['text'] === 'string' && typeof value['code'] === 'string';

/** Anybody on this origin may have written there. */
const isDraft = (value: unknown): value is KeptDraft => {
  if (!isTable(value)) return false;
  const { savedAt, id, values, unread } = value;
  if (typeof savedAt !== 'number' || !isId(id) || !isTable(values) || !isTable(unread)) return false;
  return Math.abs(Date.now() - savedAt) < maxAge && Object.values(unread).every(isUnread);
};

const read = (text: string | null): KeptDraft | null => {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isDraft(value) ? value : null;
  } catch {
    return null;
  }
};

/** The beginning of the keys of all drafts of a prefix. */
const draftKeys = (prefix: string): string => `tessera-draft/${prefix}/`;

/** @param identity - Whose draft it is; undefined while nobody is known. */
export const draftKey = (prefix: string, identity: string | undefined, name: string): string =>
  `${draftKeys(prefix)}${encodeURIComponent(identity ?? '')}/${name}`;

const keysOf = (place: Place): readonly string[] =>
  Array.from({ length: place.length }, (_, index) => place.key(index) ?? '');

/** Drafts by key: in the browser's storage, or in memory where that is forbidden. Never throws. */
export const draftStorage = {
  read: (key: string): KeptDraft | null => {
    const kept = places.map((place) => {
      try {
        return read(place().getItem(key));
      } catch {
        return null;
      }
    });
    return kept.find((one) => one !== null) ?? null;
  },

  write: (key: string, draft: KeptDraft): void => {
    somewhere((place) => place.setItem(key, plainJson(draft)));
  },

  remove: (key: string): void => everywhere((place) => place.removeItem(key)),

  /** Removes the drafts of everybody who worked here. */
  purge: (prefix: string): void =>
    everywhere((place) => {
      for (const key of keysOf(place)) if (key.startsWith(draftKeys(prefix))) place.removeItem(key);
    }),

  /** Calls back when another tab writes a draft under the key. */
  onOther: (key: () => string | null, listener: (draft: KeptDraft) => void, signal: AbortSignal): void =>
    addEventListener(
      'storage',
      (event) => {
        const draft = event.key !== null && event.key === key() ? read(event.newValue) : null;
        if (draft) listener(draft);
      },
      { signal },
    ),
};
