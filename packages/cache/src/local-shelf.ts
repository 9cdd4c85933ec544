import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Entry, Rejected } from './entry.ts';
import { EntryFormat } from './entry-format.ts';
import { isEmpty } from './queue.ts';
import type { Sealed, Sealing } from './sealing.ts';
import { refusedPlace, shelfPlaces, unsentPlace, type Texts } from './shelf-places.ts';
import type { Left } from './storage.ts';

/** Characters that all tabs may keep there. Browsers allow a site some five million, and it may need them itself. */
const mostKept = 1_000_000;

/** One piece of work as it is written, under the name of its place. All versions understand it and only ever add to it. */
interface Item extends Partial<Pick<Entry, 'client' | 'mid'>> {
  /** Where it stood in its queue. */
  readonly n: number;
  readonly key: string;
  /** What the outbox keeps of it; encrypted bytes in base64 if `isSealed`. */
  readonly text: string;
  readonly isSealed: boolean;
  /** Given up: only its number is still to be passed over. */
  readonly isEmptied?: boolean;
}

/** What was found, and where. */
export interface Found extends Left {
  readonly places: readonly string[];
}

/**
 * A shelf for work that no database takes: `localStorage` goes on taking something where there is no room for
 * databases. Each piece lies there for itself, so that tabs do not overwrite each other's. Browsers write it to the disk
 * some seconds later, so that it outlives the page, but not for sure the end of the whole browser.
 */
export class LocalShelf {
  readonly #name: string;
  readonly #texts: Texts;
  readonly #sealing: Sealing;
  readonly #format: EntryFormat;

  /** @param format - Another version's only to stand for it. */
  constructor(name: string, texts: Texts, sealing: Sealing, format = new EntryFormat()) {
    this.#name = name;
    this.#texts = texts;
    this.#sealing = sealing;
    this.#format = format;
  }

  /** Whether anything at all is taken now. */
  isTaking(): boolean {
    const taken = this.write(`${this.#name}/try`, '');
    this.clear([`${this.#name}/try`]);
    return taken;
  }

  /** Everything that can be read, of all tabs and visits. */
  async found(): Promise<Found> {
    const unsent: Entry[] = [];
    const rejected: Rejected[] = [];
    const places: string[] = [];
    for (const place of this.#places()) {
      const opened = await this.#open(place).catch(() => null);
      if (!opened) continue;
      places.push(place);
      if ('mid' in opened) unsent.push(opened);
      else rejected.push(opened);
    }
    return { entries: inTheirOrder(unsent), rejected: rejected.toSorted((a, b) => a.n - b.n), places };
  }

  unsent({ client, mid }: Pick<Entry, 'client' | 'mid'>): string {
    return unsentPlace(this.#name, client, mid);
  }

  refused({ key }: Pick<Rejected, 'key'>): string {
    return refusedPlace(this.#name, key);
  }

  /** @returns What is to be written of it. */
  async sealed(one: Entry | Rejected): Promise<string> {
    const { n, key } = one;
    const sealed = await this.#sealing.seal(this.#format.write(one), key);
    const isSealed = typeof sealed !== 'string';
    const text = isSealed ? btoa(Array.from(sealed, (byte) => String.fromCharCode(byte)).join('')) : sealed;
    const counted = 'mid' in one ? { client: one.client, mid: one.mid, isEmptied: isEmpty(one) } : {};
    return plainJson({ n, key, text, isSealed, ...counted } satisfies Item);
  }

  /** @returns Whether it could be written. */
  write(place: string, text: string): boolean {
    try {
      const others = this.#places().filter((one) => one !== place);
      const taken = others.reduce((sum, one) => sum + one.length + (this.#texts.getItem(one)?.length ?? 0), 0);
      if (taken + place.length + text.length > mostKept) return false;
      this.#texts.setItem(place, text);
      return true;
    } catch {
      return false;
    }
  }

  /** Takes everything away, or what is given. */
  clear(places?: readonly string[]): void {
    try {
      for (const place of places ?? this.#places()) this.#texts.removeItem(place);
    } catch {
      // who may not write there any more may not tidy up either
    }
  }

  #places(): readonly string[] {
    return shelfPlaces(this.#name, this.#texts);
  }

  async #open(place: string): Promise<Entry | Rejected> {
    const { n, key, text, isSealed, client, mid, isEmptied } = JSON.parse(this.#texts.getItem(place) ?? '') as Item;
    const sealed: Sealed = isSealed ? Uint8Array.from(atob(text), (one) => one.charCodeAt(0)) : text;
    const content = this.#format.read(await this.#sealing.open(sealed, key), isEmptied);
    if (!Array.isArray(content.changes) || !Array.isArray(content.patches))
      throw new Error(`${place} is none of ours.`);
    if (client === undefined || mid === undefined) return { ...(content as Rejected), n, key };
    return { ...content, n, key, client, mid };
  }
}

/** Tabs know nothing of what others left here: it is enough that what was counted under one name stays together. */
const inTheirOrder = (entries: readonly Entry[]): readonly Entry[] => {
  const clients = new Set(entries.toSorted((a, b) => a.n - b.n).map(({ client }) => client));
  const byNumber = entries.toSorted((a, b) => a.mid - b.mid);
  return [...clients].flatMap((client) => byNumber.filter((entry) => entry.client === client));
};
