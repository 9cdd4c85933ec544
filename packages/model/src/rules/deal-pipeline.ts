import type { AnyRecord } from '../module.ts';
import type { Rule, Step } from '../rule.ts';

interface Deal {
  readonly pipeline: string | null;
  readonly stage: string | null;
}

interface Stage {
  readonly id: string;
  readonly pipeline: string;
  readonly order: number;
  readonly kind: 'open' | 'won' | 'lost';
}

const dealOf = (step: Step): Deal => step.record as unknown as Deal;

const stageOf = (record: AnyRecord): Stage => record as unknown as Stage;

/** The pipeline of deals that name none. */
const defaultPipeline = async (step: Step): Promise<string | null> => {
  const pipelines = await step.read.find('pipelines', { module: 'deals', active: true });
  return (pipelines.find((pipeline) => pipeline['default'] === true) ?? pipelines[0])?.id ?? null;
};

const stagesIn = async (step: Step, pipeline: string): Promise<readonly Stage[]> =>
  (await step.read.find('stages', { pipeline })).map(stageOf).toSorted((a, b) => a.order - b.order);

/** The stage of the same place in another pipeline, else its first open one. */
const likeStage = async (step: Step, pipeline: string, order: number | undefined): Promise<string | null> => {
  const stages = await stagesIn(step, pipeline);
  const like = stages.find((stage) => stage.order === order) ?? stages.find(({ kind }) => kind === 'open');
  return like?.id ?? null;
};

/**
 * A deal is always somewhere: in the pipeline of its stage, else in the default one, there in the first open stage.
 * Moved to another pipeline it takes the stage of equal order.
 */
export const placeInPipeline: Rule = {
  id: 'deals.pipeline',
  on: 'fill',
  when: ['pipeline', 'stage'],
  async run(step) {
    const given = dealOf(step);
    const stage = given.stage === null ? null : await step.read.get('stages', given.stage);
    const isStageGiven = stage !== null && (step.before === null || step.changed('stage'));
    const isPipelineGiven = given.pipeline !== null && (step.before === null || step.changed('pipeline'));
    if (!isPipelineGiven && isStageGiven) step.set('pipeline', stageOf(stage).pipeline);
    const pipeline = dealOf(step).pipeline ?? (await defaultPipeline(step));
    step.set('pipeline', pipeline);
    const isElsewhere = stage !== null && !isStageGiven && stageOf(stage).pipeline !== pipeline;
    if (pipeline === null || (given.stage !== null && !isElsewhere)) return;
    step.set('stage', await likeStage(step, pipeline, stage ? stageOf(stage).order : undefined));
  },
};

/** A stage of another pipeline is no place for a deal. */
export const stageOfPipeline: Rule = {
  id: 'deals.stage-of-pipeline',
  when: ['pipeline', 'stage'],
  async run(step) {
    const { pipeline, stage } = dealOf(step);
    const found = stage === null ? null : await step.read.get('stages', stage);
    if (found && found['pipeline'] !== pipeline) step.refuse('stage', 'other-pipeline');
  },
};
