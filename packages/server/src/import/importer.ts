import type { Change } from '@tessera-crm/model/change.js';
import { CrmError, type Issue } from '@tessera-crm/model/errors.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { Applied } from '@tessera-crm/model/store.js';
import type { Draft } from './draft.ts';
import type { DraftReader } from './draft-reader.ts';
import type { Group } from './group-rows.ts';
import { isGroup } from './group-rows.ts';
import type { ImportContext } from './import-context.ts';
import { writeLateLinks } from './late-links.ts';
import type { Outcome, RowMessage } from './outcome.ts';
import type { LateLink, RowPlan } from './plan-row.ts';
import { recordsById } from './record-door.ts';
import type { Missing } from './link-resolver.ts';
import type { RowPlanner } from './row-planner.ts';
import { sentenceOf } from './sentences.ts';
import { writeBatch } from './write-batch.ts';

/** Records that are written in one transaction. */
export const batchSize = 500;

/** Names of nobody that are shown. */
const shownMisses = 5;

/** Imports the rows of one file by one mapping, batch by batch. */
export class Importer {
  readonly #context: ImportContext;
  readonly #file: string;
  readonly #reader: DraftReader;
  readonly #planner: RowPlanner;
  readonly #late: LateLink[] = [];

  constructor(
    context: ImportContext,
    { file, reader, planner }: { readonly file: string; readonly reader: DraftReader; readonly planner: RowPlanner },
  ) {
    this.#context = context;
    this.#file = file;
    this.#reader = reader;
    this.#planner = planner;
  }

  /** @param groups - The records of the file, each as its rows. */
  async run(groups: AsyncIterable<Group>): Promise<void> {
    let drafts: Draft[] = [];
    for await (const group of groups) {
      if (!isGroup(group))
        this.#tell({
          row: group.row,
          outcome: 'failed',
          id: null,
          messages: [{ column: null, code: group.fault, sentence: sentenceOf(group.fault, group.params) }],
        });
      else if (this.#reader.wants(group[0]!)) drafts.push(this.#reader.read(group));
      if (drafts.length < batchSize) continue;
      await this.#batch(drafts);
      drafts = [];
    }
    if (drafts.length > 0) await this.#batch(drafts);
    this.#tellMisses();
    await writeLateLinks(this.#late, this.#context, {
      module: this.#reader.module,
      system: this.#context.system,
      file: this.#file,
    });
  }

  /** Said once for all rows: usually it is people who have no account here yet. */
  #tellMisses(): void {
    const misses = [...this.#planner.misses].toSorted((a, b) => b[1] - a[1]);
    for (const [text, times] of misses.slice(0, shownMisses))
      this.#context.reporter.notice(`${this.#file}: ${text} (${times} times; kept as text)`);
    if (misses.length > shownMisses)
      this.#context.reporter.notice(`${this.#file}: … and ${misses.length - shownMisses} more names`);
  }

  #tell(outcome: Omit<Outcome, 'file' | 'module'>): void {
    this.#context.reporter.outcome({ file: this.#file, module: this.#reader.module.key, ...outcome });
  }

  async #batch(drafts: readonly Draft[]): Promise<void> {
    if (this.#context.stopping?.aborted)
      throw new CrmError('aborted', 'The import was stopped. What is done stays; start it again to go on.');
    const records = await this.#recordsFor(drafts);
    const missing: Missing[] = [];
    const plans: RowPlan[] = [];
    for (const draft of drafts) {
      const match = this.#planner.match(draft);
      plans.push(await this.#planner.plan(draft, match ? (records.get(match.id) ?? null) : null, missing));
    }
    const ended = await this.#write(plans, missing);
    for (const plan of ended) {
      this.#tell({ row: plan.draft.row, outcome: plan.outcome, id: plan.id, messages: plan.messages });
      this.#late.push(...plan.late);
    }
    this.#planner.settle();
  }

  async #recordsFor(drafts: readonly Draft[]): Promise<ReadonlyMap<string, AnyRecord>> {
    const ids = drafts
      .flatMap((draft) => this.#planner.match(draft)?.id ?? [])
      .filter((id) => this.#planner.needsRecord(id));
    return ids.length === 0 ? new Map() : recordsById(this.#context.store, this.#reader.module.key, ids);
  }

  async #write(plans: readonly RowPlan[], missing: readonly Missing[]): Promise<readonly RowPlan[]> {
    const main = plans.filter((plan) => plan.change !== null);
    const notes = main.flatMap((plan) => this.#noteOf(plan));
    const changes = [...missing, ...main.map(({ change }) => change!), ...notes];
    const applied = await writeBatch(this.#context.store, changes, this.#context.registry);
    missing.forEach((change, index) => {
      if (applied[index]?.ok === false) this.#planner.forgetMissing(change);
    });
    const results = applied.slice(missing.length);
    const again: RowPlan[] = [];
    const ended = new Map<RowPlan, RowPlan>();
    main.forEach((plan, index) => {
      const result = results[index]!;
      if (result.ok) return;
      const lenient = this.#withoutLenient(plan, result.error);
      if (lenient) again.push(lenient);
      ended.set(plan, lenient ?? this.#failed(plan, result.error));
    });
    await this.#writeAgain(again, ended);
    return plans.map((plan) => ended.get(plan) ?? plan);
  }

  /** Once more without the values that were refused and may be kept as text instead. */
  async #writeAgain(plans: readonly RowPlan[], ended: Map<RowPlan, RowPlan>): Promise<void> {
    const notes = plans.flatMap((plan) => this.#noteOf(plan));
    const changes = [...plans.map(({ change }) => change!), ...notes];
    const results: readonly Applied[] = await writeBatch(this.#context.store, changes, this.#context.registry);
    for (const [before, plan] of ended) {
      const result = results[plans.indexOf(plan)];
      if (result && !result.ok) ended.set(before, this.#failed(plan, result.error));
    }
  }

  #failed(plan: RowPlan, error: CrmError): RowPlan {
    this.#planner.forget(plan);
    return { ...plan, outcome: 'failed', id: null, messages: this.#messagesOf(error), late: [] };
  }

  #withoutLenient(plan: RowPlan, error: CrmError): RowPlan | null {
    const { change, draft } = plan;
    const refused = error.issues.map(({ path }) => path.split('/')[1] ?? '');
    if (refused.length === 0 || !refused.every((field) => this.#reader.lenient.has(field))) return null;
    if (change?.op !== 'create' && change?.op !== 'update') return null;
    const values = Object.fromEntries(Object.entries(change.values).filter(([name]) => !refused.includes(name)));
    for (const header of refused.flatMap((field) => this.#reader.headersOf.get(field) ?? [])) {
      const text = draft.source.cells[header]?.trim();
      if (text) draft.kept[header] = text;
    }
    const custom = { ...(values['custom'] as object | undefined), import: draft.kept };
    return {
      ...plan,
      change: { ...change, values: { ...values, custom } },
      messages: [...plan.messages, ...this.#messagesOf(error)],
    };
  }

  #messagesOf(error: CrmError): readonly RowMessage[] {
    if (error.issues.length === 0) return [{ column: null, code: error.code, sentence: error.message }];
    return error.issues.map((issue) => this.#messageOf(issue));
  }

  #messageOf({ path, code, params }: Issue): RowMessage {
    const field = path.split('/')[1] ?? '';
    const headers = this.#reader.headersOf.get(field) ?? [];
    const column = headers.length > 0 ? headers.join(', ') : field || null;
    const other = params?.['module'];
    const where = typeof other === 'string' && code !== 'missing-link' ? ` (in "${other}")` : '';
    return { column, code, sentence: sentenceOf(code, { ...params, value: '' }) + where };
  }

  /** Says beside the record what of it could not be read, where people will see it. */
  #noteOf({ draft, id, messages }: RowPlan): readonly Change[] {
    if (messages.length === 0 || id === null) return [];
    const { key } = this.#reader.module;
    const lines = messages.map(({ column, sentence }) => (column === null ? sentence : `${column}: ${sentence}`));
    const body = `Import ${this.#file}, ${draft.row}:\n${lines.join('\n')}`.slice(0, 10_000);
    const values = { record: { module: key, id }, body, kind: 'auto', internal: true };
    return [{ op: 'create', module: 'notes', id: this.#context.newId(), values }];
  }
}
