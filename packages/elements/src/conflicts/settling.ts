import type { Change } from '@tessera-crm/model/change.js';
import type { Refused } from '@tessera-crm/model/outgoing.js';
import { detailOf, failed, isAllowed } from '../data/save.ts';
import type { CrmElement } from '../frame/element.ts';
import type { OutgoingController } from '../outgoing/outgoing-controller.ts';
import { chosenChanges, restoringChanges, unchosen, type Entry, type Side } from './entry.ts';

/** `choice`: by what a person chose of each field. */
export type Way = 'again' | 'choice' | 'restore' | 'discard';

/** What a person is doing about one entry. */
interface Work {
  readonly choices: Map<string, Side>;
  /** Why the last attempt failed. */
  error?: Refused['error'] | undefined;
  isBusy: boolean;
  /** Whether it is asked once more before what was typed in is thrown away. */
  isAsking: boolean;
  /** Whether it is shown which fields are still to be chosen. */
  isChecked: boolean;
  /** Why it stays, where no error says so. */
  note?: 'offline' | 'cancelled' | undefined;
}

/** Carries out what people decide about refused changes. What fails stays as it is. */
export class Settling {
  readonly #host: CrmElement;
  readonly #outgoing: OutgoingController;
  readonly #works = new Map<number, Work>();
  readonly #settled: () => void;

  /** @param settled - Called when an entry has left. */
  constructor(host: CrmElement, outgoing: OutgoingController, settled: () => void) {
    this.#host = host;
    this.#outgoing = outgoing;
    this.#settled = settled;
  }

  of({ n }: Pick<Refused, 'n'>): Work {
    let work = this.#works.get(n);
    if (!work) this.#works.set(n, (work = { choices: new Map(), isBusy: false, isAsking: false, isChecked: false }));
    return work;
  }

  choose({ refused }: Entry, fields: readonly string[], side: Side): void {
    const { choices } = this.of(refused);
    for (const field of fields) choices.set(field, side);
    this.#host.requestUpdate();
  }

  ask({ refused }: Entry, isAsking: boolean): void {
    this.of(refused).isAsking = isAsking;
    this.#host.requestUpdate();
  }

  /** @returns Fields that have to be chosen first; none when it was tried. */
  async settle(entry: Entry, way: Way): Promise<readonly string[]> {
    const work = this.of(entry.refused);
    if (work.isBusy) return [];
    const missing = way === 'choice' ? unchosen(entry, work.choices) : [];
    work.isChecked = missing.length > 0;
    work.isBusy = missing.length === 0;
    work.note = undefined;
    this.#host.requestUpdate();
    if (missing.length === 0) {
      await this.#carryOut(entry, way, work);
      work.isBusy = false;
      this.#host.requestUpdate();
    }
    return missing;
  }

  async #carryOut(entry: Entry, way: Way, work: Work): Promise<void> {
    const { refused } = entry;
    const changes = this.#changesFor(entry, way, work);
    try {
      if (!(await this.#mayBeMade(changes))) {
        work.note = 'cancelled';
        return;
      }
      if (changes.length === 0) await this.#outgoing.discard(refused);
      else await this.#outgoing.again(refused, way === 'again' ? undefined : changes);
      this.#works.delete(refused.n);
      for (const change of changes) this.#host.emit('save', detailOf(change, null));
      this.#settled();
    } catch (cause) {
      this.#failed(cause, changes[0] ?? refused.changes[0]!, work);
    }
  }

  #changesFor(entry: Entry, way: Way, { choices }: Work): readonly Change[] {
    if (way === 'discard') return [];
    if (way === 'choice') return chosenChanges(entry, choices);
    return way === 'restore' ? restoringChanges(entry) : entry.refused.changes;
  }

  async #mayBeMade(changes: readonly Change[]): Promise<boolean> {
    for (const change of changes) if (!(await isAllowed(this.#host, change, detailOf(change, null)))) return false;
    return true;
  }

  #failed(cause: unknown, change: Change, work: Work): void {
    const { code, message, facts } = failed(this.#host, cause, detailOf(change, null));
    // Rules that run here cannot know of what only the server has
    if (this.#outgoing.current?.state.online === false) work.note = 'offline';
    else {
      work.error = { code, message, facts };
      // What others wrote is another value now: it is to be looked at
      if (facts['conflicts']) work.choices.clear();
    }
  }
}
