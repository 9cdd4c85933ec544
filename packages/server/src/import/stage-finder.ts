import { fold } from '@tessera-crm/model/fold.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import type { NamedStage } from './draft.ts';
import { allRecords, type RecordDoor } from './record-door.ts';
import { defaultPipelineChanges } from '../sample/default-pipeline.ts';

interface Stage {
  readonly id: string;
  readonly name: string;
  readonly order: number;
  readonly kind: 'open' | 'won' | 'lost';
  readonly probability: number;
}

export interface FoundStage {
  readonly id: string;
  readonly kind: Stage['kind'];
  /** Whether the text was understood. */
  readonly isKnown: boolean;
  /** Whether it is the same name here. */
  readonly isSame: boolean;
}

/** Finds for a stage of another system the stage of our default pipeline that means the same. */
export class StageFinder {
  readonly #stages: readonly Stage[];

  private constructor(stages: readonly Stage[]) {
    this.#stages = stages;
  }

  /** Makes the default pipeline where there is none. */
  static async load(
    store: RecordDoor,
    { newId, locale }: { readonly newId: () => string; readonly locale: string },
  ): Promise<StageFinder> {
    const there = await stagesOfDefault(store);
    if (there.length > 0) return new StageFinder(there);
    await store.apply(defaultPipelineChanges(newId, locale));
    return new StageFinder(await stagesOfDefault(store));
  }

  /** By name, else by what the mapping says it is like, else the first open stage. */
  find({ text, like }: Pick<NamedStage, 'text' | 'like'>): FoundStage {
    const same = this.#stages.find(({ name }) => fold(name) === fold(text));
    if (same) return { ...same, isKnown: true, isSame: true };
    const meant = Object.hasOwn(like, text) ? like[text] : undefined;
    const found =
      meant === undefined ? undefined : typeof meant === 'number' ? this.#nearest(meant) : this.#ofKind(meant);
    return { ...(found ?? this.#nearest(0)), isKnown: found !== undefined, isSame: false };
  }

  #ofKind(kind: Stage['kind']): Stage | undefined {
    return this.#stages.find((stage) => stage.kind === kind);
  }

  #nearest(probability: number): Stage {
    const open = this.#stages.filter(({ kind }) => kind === 'open');
    const distance = (stage: Stage): number => Math.abs(stage.probability - probability);
    return open.reduce((best, stage) => (distance(stage) < distance(best) ? stage : best), open[0] ?? this.#stages[0]!);
  }
}

const stagesOfDefault = async (store: RecordDoor): Promise<readonly Stage[]> => {
  const pipelines: AnyRecord[] = [];
  for await (const pipeline of allRecords(store, 'pipelines', { where: { module: 'deals', active: true } }))
    pipelines.push(pipeline);
  const pipeline = pipelines.find(({ default: isDefault }) => isDefault === true) ?? pipelines[0];
  if (!pipeline) return [];
  const stages: Stage[] = [];
  for await (const stage of allRecords(store, 'stages', { where: { pipeline: { is: pipeline.id } } }))
    stages.push({ ...(stage as unknown as Stage), probability: Number(stage['probability'] ?? 0) });
  return stages.toSorted((a, b) => a.order - b.order);
};
