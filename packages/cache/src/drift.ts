import { keyOf } from '@tessera-crm/model/protocol/sync/client.js';
import { maxNamed } from '@tessera-crm/model/protocol/sync/limits.js';
import type { Verified } from '@tessera-crm/model/protocol/sync/messages.js';
import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import type { Name } from './names.ts';
import type { Kept } from './storage.ts';
import type { Truth } from './truth.ts';

export interface DriftOptions {
  readonly door: Pick<SyncDoor, 'verify'>;
  readonly truth: Truth;
  /** Waits for an answer, and notes whether the server was reached. */
  readonly reach: <T>(answer: Promise<T>) => Promise<T>;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Told how many records were not as the server has them. */
  readonly drifted: (count: number) => void;
}

/** Milliseconds that the feed may take to tell what an answer knew already, and between two looks whether it has. */
const patience = { whole: 20_000, step: 100 };

/**
 * Looks whether what is held is what the server has. There is no difference that the feed would not have told: where there
 * is one all the same, somebody lost a message or did not send it. It is mended as if the feed had told of it now.
 */
export class Drift {
  readonly #options: DriftOptions;
  /** The key of the record that was looked at last. */
  #last: string | undefined;

  constructor(options: DriftOptions) {
    this.#options = options;
  }

  /** Looks at the next 1,000 records at most. @throws {CrmError} What the server says. */
  async look(): Promise<void> {
    for (const [module, rows] of Map.groupBy(this.#next(), (one) => one.module)) await this.#compare(module, rows);
  }

  /** They take turns; of those that are deleted nobody is told. */
  #next(): readonly Kept[] {
    const all = this.#options.truth.settled().filter(({ record }) => (record?.['deletedAt'] ?? null) === null);
    const last = all.findIndex((row) => keyOfRow(row) === this.#last);
    const next = [...all.slice(last + 1), ...all.slice(0, last + 1)].slice(0, maxNamed);
    this.#last = next.length > 0 ? keyOfRow(next.at(-1)!) : undefined;
    return next;
  }

  async #compare(module: string, rows: readonly Kept[]): Promise<void> {
    const { door, truth, reach, drifted } = this.#options;
    const { life } = truth;
    const known = rows.map(({ id, held }) => [id, held.version] as const);
    const answer = await reach(door.verify(module, known));
    if (!(await this.#hasHeard(answer.asOf)) || truth.life !== life) return;
    // R4: what other rights make of it is asked by others
    if (answer.aclSeq !== truth.standing.aclSeq) return truth.rightsChanged(answer.aclSeq);
    const gone = answer.gone.filter((id) => this.#isAsBefore([module, id], answer));
    const changed = answer.changed.filter(([id, version]) => this.#isAsBefore([module, id], answer, version));
    const count = gone.length + changed.length;
    if (count === 0) return;
    const asked = new Map(changed.map(([id, version]) => [keyOf(module, id), version] as const));
    truth.prove({ ...answer, asked, gone: gone.map((id) => keyOf(module, id)) });
    drifted(count);
  }

  /** What the feed has told by now is no drift; what it cannot have told yet may not be one. */
  async #hasHeard(asOf: number): Promise<boolean> {
    const { truth, signal } = this.#options;
    for (let waited = 0; waited <= patience.whole && !signal.aborted; waited += patience.step) {
      if ((truth.standing.cursor ?? -1) >= asOf) return true;
      await new Promise((resolve) => setTimeout(resolve, patience.step));
    }
    return false;
  }

  /** @param version - What the server has; none where it has nothing for this person. */
  #isAsBefore([module, id]: Name, { asOf }: Verified, version = Infinity): boolean {
    const { truth } = this.#options;
    const now = truth.kept(module, id)?.held;
    const isDue = truth.standing.due.has(keyOf(module, id));
    return now !== undefined && !now.isGone && now.version < version && now.asOf <= asOf && !isDue;
  }
}

const keyOfRow = ({ module, id }: Kept): string => keyOf(module, id);
