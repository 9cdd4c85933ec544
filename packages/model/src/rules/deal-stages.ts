import { fold } from '../fold.ts';
import { linkText, type AnyLink } from '../kinds/any-link.ts';
import type { AnyRecord } from '../module.ts';
import type { Rule, Step } from '../rule.ts';
import { today } from './today.ts';

type StageKind = 'open' | 'won' | 'lost';

/** What the rules of deals read of a stage. */
interface Stage {
  readonly name: string;
  readonly pipeline: string;
  readonly order: number;
  readonly kind: StageKind;
  readonly probability: string | null;
  readonly forecastCategory: string | null;
  readonly requiredFields: readonly string[] | null;
  readonly requiredTasks: readonly string[] | null;
  readonly customerLabel: string | null;
}

interface Deal {
  readonly stage: string;
  readonly outcome: StageKind;
  readonly probability: string | null;
  readonly probabilityMode: 'stage' | 'manual' | 'predicted';
  readonly forecastLocked: boolean;
  readonly amount: unknown;
  readonly account: string | null;
  readonly lostReason: string | null;
  readonly lostTo: string | null;
}

const dealOf = (step: Step): Deal => step.record as unknown as Deal;

const asStage = (record: AnyRecord | null): Stage | null => record as unknown as Stage | null;

const stageOf = async (step: Step): Promise<Stage | null> => asStage(await step.read.get('stages', dealOf(step).stage));

/** Entering a stage notes when, and what it means: open, won or lost, and how sure a forecast may be of it. */
export const enterStage: Rule = {
  id: 'deals.enter-stage',
  when: ['stage'],
  async run(step) {
    const stage = await stageOf(step);
    if (!stage) return;
    step.set('stageEnteredAt', step.context.now);
    step.set('outcome', stage.kind);
    step.set('customerStage', stage.customerLabel);
    const isTyped = step.record['forecastCategory'] !== null && step.changed('forecastCategory');
    if (!dealOf(step).forecastLocked && !isTyped) step.set('forecastCategory', forecastOf(stage));
  },
};

/** Of stages that do not say. */
const forecastByKind: Readonly<Record<StageKind, string>> = { open: 'pipeline', won: 'closed', lost: 'omitted' };

const forecastOf = ({ forecastCategory, kind }: Stage): string => forecastCategory ?? forecastByKind[kind];

/** The probability is the stage's, until somebody says another one. What is closed is certain. */
export const probability: Rule = {
  id: 'deals.probability',
  when: ['stage', 'probability', 'probabilityMode'],
  async run(step) {
    const stage = await stageOf(step);
    const deal = dealOf(step);
    if (!stage) return;
    if (stage.kind !== 'open') return step.set('probability', stage.kind === 'won' ? '100.00' : '0.00');
    if (deal.probabilityMode !== 'stage' || deal.probability === stage.probability) return;
    const isTyped = deal.probability !== null && step.changed('probability');
    const isModeTyped = step.before !== null && step.changed('probabilityMode');
    if (isTyped && !isModeTyped) step.set('probabilityMode', 'manual');
    else step.set('probability', stage.probability);
  },
};

/**
 * Going forward, a deal has what each stage on the way asks for; going back is always allowed, and so is losing.
 */
export const stageGate: Rule = {
  id: 'deals.stage-gate',
  when: ['stage'],
  async run(step) {
    const stage = await stageOf(step);
    if (!stage || stage.kind === 'lost') return;
    for (const passed of await stagesPassed(step, stage)) {
      for (const field of passed.requiredFields ?? []) checkField(step, field, passed.name);
      for (const task of passed.requiredTasks ?? []) await checkTask(step, task, passed.name);
    }
  },
};

/** The stages that a move goes through, the last one included; none going back. */
const stagesPassed = async (step: Step, to: Stage): Promise<readonly Stage[]> => {
  const left = step.before && asStage(await step.read.get('stages', step.before['stage'] as string));
  const from = left?.pipeline === to.pipeline ? left : null;
  const stages = (await step.read.find('stages', { pipeline: to.pipeline })) as unknown as readonly Stage[];
  return stages
    .filter(({ kind, order }) => kind !== 'lost' && order <= to.order && (from === null || order > from.order))
    .toSorted((a, b) => a.order - b.order);
};

/** A box that is not ticked is not filled either. */
const checkField = (step: Step, field: string, stage: string): void => {
  const value = step.record[field];
  if (value === null || value === false) step.refuse(field, 'required', { stage });
};

const checkTask = async (step: Step, subject: string, stage: string): Promise<void> => {
  const deal = linkText({ module: 'deals', id: step.id } as AnyLink);
  const done = await step.read.find('tasks', { related: { containsAny: [deal] }, status: 'completed' });
  const isDone = done.some((task) => fold(String(task['subject'])) === fold(subject));
  if (!isDone) step.refuse('stage', 'task-required', { task: subject, stage });
};

/** Winning takes an amount and an account; losing, a reason and, when the reason says so, to whom. */
export const closing: Rule = {
  id: 'deals.closing',
  when: ['stage', 'amount', 'account', 'lostReason', 'lostTo'],
  async run(step) {
    const { outcome, amount, account, lostReason, lostTo } = dealOf(step);
    if (outcome === 'won' && amount === null) step.refuse('amount', 'required', { state: 'won' });
    if (outcome === 'won' && account === null) step.refuse('account', 'required', { state: 'won' });
    if (outcome === 'lost' && lostReason === null) step.refuse('lostReason', 'required', { state: 'lost' });
    if (outcome !== 'lost' || lostReason === null || lostTo !== null) return;
    const reason = await step.read.get('lostReasons', lostReason);
    if (reason?.['needsCompetitor'] === true) step.refuse('lostTo', 'required', { state: 'lost' });
  },
};

/** A deal is closed on the tenant's day; opened again it has no such day. What is won is not lost without that. */
export const closeDate: Rule = {
  id: 'deals.close-date',
  when: ['outcome'],
  run(step) {
    const { outcome: to } = dealOf(step);
    const from = (step.before?.['outcome'] ?? 'open') as StageKind;
    if (from !== 'open' && to !== 'open' && from !== to) step.refuse('stage', 'lifecycle.forbidden', { from, to });
    if (to === 'open') step.set('actualCloseDate', null);
    else if (from !== to) step.set('actualCloseDate', today(step.context));
  },
};
