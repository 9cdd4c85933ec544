import type { AnyRecord } from '../module.ts';
import type { Rule, Step } from '../rule.ts';

type StageKind = 'open' | 'won' | 'lost';

interface Stage {
  readonly id: string;
  readonly pipeline: string;
  readonly order: number | null;
  readonly kind: StageKind | null;
  readonly customerLabel: string | null;
}

const stageOf = (record: AnyRecord): Stage => record as unknown as Stage;

/** Whether deals that get there are done with. */
export const isClosedStage = (kind: StageKind | null): boolean | null => (kind === null ? null : kind !== 'open');

/** The other stages of the same pipeline. */
const siblingsOf = async (step: Step): Promise<readonly Stage[]> => {
  const found = await step.read.find('stages', { pipeline: { is: stageOf(step.record).pipeline } });
  return found.map(stageOf).filter(({ id }) => id !== step.id);
};

/** A stage without a place comes last. */
export const stageOrder: Rule = {
  id: 'stages.order',
  on: 'fill',
  when: ['order'],
  async run(step) {
    const { order, pipeline } = stageOf(step.record);
    if (order !== null || pipeline === null) return;
    const orders = (await siblingsOf(step)).map((sibling) => sibling.order ?? 0);
    step.set('order', Math.max(0, ...orders) + 1);
  },
};

/** What is won is certain, what is lost is not to be had. */
export const closedProbability: Rule = {
  id: 'stages.closed-probability',
  when: ['kind', 'probability'],
  run(step) {
    const { kind } = stageOf(step.record);
    if (kind !== 'open') step.set('probability', kind === 'won' ? '100.00' : '0.00');
  },
};

/** A pipeline is won in one way. */
export const oneWonStage: Rule = {
  id: 'stages.one-won',
  when: ['kind'],
  async run(step) {
    if (stageOf(step.record).kind !== 'won') return;
    if ((await siblingsOf(step)).some(({ kind }) => kind === 'won')) step.refuse('kind', 'one-won');
  },
};

/** A stage stays in its pipeline, and what deals in it are stays true. */
export const stageStays: Rule = {
  id: 'stages.stays',
  when: ['pipeline', 'kind'],
  async run(step) {
    if (step.before === null) return;
    if (step.changed('pipeline')) step.refuse('pipeline', 'locked');
    if (!step.changed('kind')) return;
    const { length: count } = await step.read.find('deals', { stage: step.id });
    if (count > 0) step.refuse('kind', 'in-use', { module: 'deals', count });
  },
};

/** While a pipeline has open stages, it can be won and lost. */
export const lastOfKind: Rule = {
  id: 'stages.last-of-kind',
  on: 'delete',
  async run(step) {
    const { kind } = stageOf(step.record);
    const kinds = (await siblingsOf(step)).map((sibling) => sibling.kind);
    if (kind !== 'open' && kinds.includes('open') && !kinds.includes(kind)) step.refuse('', 'last-of-kind', { kind });
  },
};

/** Customers see a stage by the name it has now. */
export const customerLabel: Rule = {
  id: 'stages.customer-label',
  when: ['customerLabel'],
  async run(step) {
    if (step.before === null) return;
    const { customerLabel: customerStage } = stageOf(step.record);
    for (const { id } of await step.read.find('deals', { stage: step.id })) {
      await step.update('deals', id, { customerStage });
    }
  },
};
