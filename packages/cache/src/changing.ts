import type { Change } from '@tessera-crm/model/change.js';
import { isCrmError, type CrmError } from '@tessera-crm/model/errors.js';
import type { Applied, ApplyOptions } from '@tessera-crm/model/store.js';
import type { LocalRecords } from './local-records.ts';
import type { Outbox } from './outbox.ts';
import type { Circumstances, predict } from './prediction.ts';
import { isUnreachable } from './reach.ts';
import { refuseIfClosed } from './refuse-if-closed.ts';
import { onSeen } from './rests.ts';
import type { ServerSide } from './server-side.ts';

export interface ChangingOptions {
  readonly records: LocalRecords;
  readonly outbox: Outbox;
  readonly server: ServerSide;
  readonly circumstances: Circumstances;
  readonly isOnline: () => boolean;
  /** Aborted when the cache closes: nothing is taken any more. */
  readonly signal: AbortSignal;
}

/** The way of a change: foreseen by the rules, stored in the outbox, shown. One batch after the other. */
export class Changing {
  readonly #options: ChangingOptions;
  /** What keys given by callers came to. */
  readonly #done = new Map<string, readonly Applied[]>();
  /** An import waits for a task of its own, even of what is there already. */
  #predict: typeof predict | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #storing: Promise<void> = Promise.resolve();

  constructor(options: ChangingOptions) {
    this.#options = options;
  }

  apply(changes: readonly Change[], options: ApplyOptions): Promise<readonly Applied[]> {
    const turn = this.#turn.then(() => this.#apply(changes, options));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Waits until all batches so far are stored. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  /** Waits until what was taken is stored, or could not be. */
  async stored(): Promise<void> {
    await this.#storing.catch(() => {});
  }

  async #apply(changes: readonly Change[], options: ApplyOptions): Promise<readonly Applied[]> {
    const { atomic = true, idempotencyKey } = options;
    const key = idempotencyKey ?? randomKey();
    const done = this.#done.get(key);
    if (done) return done;
    const results = atomic ? await this.#applyAll(changes, key) : await this.#applyEach(changes, key);
    if (idempotencyKey !== undefined) this.#done.set(key, results);
    return results;
  }

  async #applyEach(changes: readonly Change[], key: string): Promise<readonly Applied[]> {
    const results: Applied[] = [];
    for (const [place, change] of changes.entries()) {
      try {
        results.push(...(await this.#applyAll([change], `${key}/${place}`)));
      } catch (error) {
        if (!isCrmError(error)) throw error;
        results.push({ ok: false, module: change.module, id: change.id, error });
      }
    }
    return results;
  }

  async #applyAll(changes: readonly Change[], key: string): Promise<readonly Applied[]> {
    const { records, outbox, server, circumstances, isOnline, signal } = this.#options;
    records.drafts.add(key);
    try {
      refuseIfClosed(signal);
      this.#predict ??= (await import('./prediction.ts')).predict;
      const fetch = (module: string, id: string) => server.find(module, id);
      const { patches, results } = await this.#predict(key, changes, { records, fetch, circumstances });
      refuseIfClosed(signal);
      // shown at once, and promised when it is stored
      records.overlay(key, patches);
      // whoever looks at it comes first
      await Promise.resolve();
      await (this.#storing = outbox.add(key, changes, patches));
      return results;
    } catch (error) {
      records.overlay(key, undefined);
      if (!isCrmError(error) || !isOnline() || signal.aborted) throw error;
      return await this.#applyRemotely(changes, key, error);
    } finally {
      records.drafts.delete(key);
    }
  }

  /** The server has the last word over what the rules here refuse, once everything before it is through. */
  async #applyRemotely(changes: readonly Change[], key: string, refused: CrmError): Promise<readonly Applied[]> {
    const { outbox, server, records } = this.#options;
    if (!(await outbox.flush())) throw refused;
    const seen = changes.map((one) => onSeen(one, records));
    const answer = server.reach(server.remote.apply(seen, { atomic: true, idempotencyKey: key }));
    const results = await answer.catch((error: unknown) => {
      throw isUnreachable(error) ? refused : error;
    });
    const made = results.flatMap((result) => (result.ok ? [result] : []));
    await Promise.all(made.map(({ module, id }) => server.find(module, id)));
    return results;
  }
}

/** Also outside secure contexts, where `crypto.randomUUID` is missing. */
const randomKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
