import type { AnyLink } from '@tessera-crm/model/kinds/any-link.js';
import { lostRace } from '../database/database-error.ts';
import type { Lock } from '../sql/select.ts';
import { lockLiving, targetsOf } from '../sql/targets.ts';
import type { StoreContext } from './context.ts';
import type { Run } from './read-page.ts';
import type { Pending } from './write-all.ts';

type RecordName = Pick<AnyLink<string>, 'module'> & { readonly id: string };

const keyOf = ({ module, id }: RecordName): string => `${module}/${id}`;

/** What a batch keeps others from deleting until it ends, and what it keeps others from linking to. */
export class Holds {
  readonly #context: StoreContext;
  readonly #run: Run;
  #held = new Set<string>();
  #claimed = new Set<string>();

  constructor(context: StoreContext, run: Run) {
    this.#context = context;
    this.#run = run;
  }

  /** Takes note of records that are locked already. */
  note(records: Iterable<RecordName>, lock: Lock): void {
    for (const record of records) {
      this.#held.add(keyOf(record));
      if (lock === 'link') this.#claimed.add(keyOf(record));
    }
  }

  /** @returns How to forget what comes after this: the locks go with it. */
  checkpoint(): () => void {
    const [held, claimed] = [new Set(this.#held), new Set(this.#claimed)];
    return () => {
      this.#held = held;
      this.#claimed = claimed;
    };
  }

  /** Who wants to link to a record that goes waits for the end; who was faster has been, and is seen from here on. */
  async claim(record: RecordName): Promise<void> {
    if (this.#claimed.has(keyOf(record))) return;
    await this.#lock(record.module, [record.id], 'link');
    this.#claimed.add(keyOf(record));
  }

  /**
   * What is linked to from now on stays until the batch ends.
   *
   * @param isOurs - Whether the batch itself wrote a record: nobody else can come to it.
   * @throws {CrmError} The lost race when somebody deleted it since it was read.
   */
  async keepTargets(pending: readonly Pending[], isOurs: (module: string, id: string) => boolean): Promise<void> {
    for (const [module, ids] of targetsOf(pending, this.#context.registry)) {
      const open = [...ids].filter(
        (id) => !isOurs(module.key, id) && !this.#held.has(keyOf({ module: module.key, id })),
      );
      if (open.length > 0 && (await this.#lock(module.key, open, 'stay')) < open.length) throw lostRace();
      this.note(
        open.map((id) => ({ module: module.key, id })),
        'stay',
      );
    }
  }

  async #lock(module: string, ids: readonly string[], lock: Lock): Promise<number> {
    const { registry, tenant } = this.#context;
    const { rows } = await this.#run(lockLiving(registry.get(module), ids, { tenant, lock }));
    return rows.length;
  }
}
