import type { CrmError } from '@tessera-crm/model/errors.js';
import type { RecordOf } from '@tessera-crm/model/records.js';
import type { Deal, Stage } from './board.ts';

export type LostReason = RecordOf<'lostReasons'>;

/** What has to be settled with the person before a deal may enter a stage. */
export interface Gate {
  /** Fields of the deal to be filled in, in this order. */
  readonly fields: readonly string[];
  /** Whether a closed deal is about to be opened again, which is worth a question. */
  readonly reopens: boolean;
}

export const open: Gate = { fields: [], reopens: false };

export const isOpen = ({ fields, reopens }: Gate): boolean => fields.length === 0 && !reopens;

/** A box that is not ticked is not filled either. */
const isMissing = (deal: Deal, field: string): boolean => {
  const value = (deal as Readonly<Record<string, unknown>>)[field] ?? null;
  return value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0);
};

/** What is left to ask of somebody who answered before, and wants the same again. */
export const withoutAnswered = (gate: Gate, answers: Readonly<Record<string, unknown>> | undefined): Gate =>
  answers ? { fields: gate.fields.filter((field) => !(field in answers)), reopens: false } : gate;

export interface Step {
  readonly deal: Deal;
  /** Null where the deal has no stage of this pipeline. */
  readonly from: Stage | null;
  readonly to: Stage;
  /** All of the pipeline. */
  readonly stages: readonly Stage[];
}

/**
 * What to ask before a deal moves, so that the usual answers are given once and together. The store has the last word:
 * what it refuses is asked for afterwards.
 */
export const gateOf = (step: Step): Gate => {
  const { deal, from, to } = step;
  const reopens = to.kind === 'open' && from !== null && from.kind !== 'open';
  // Why a deal was lost is asked every time: the reason of an earlier loss is another story
  if (to.kind === 'lost') return { fields: ['lostReason'], reopens };
  const closing = to.kind === 'won' ? ['amount', 'account'] : [];
  const required = stagesPassed(step).flatMap(({ requiredFields }) => requiredFields ?? []);
  return { fields: [...new Set([...closing, ...required])].filter((field) => isMissing(deal, field)), reopens };
};

/** The stages that a move goes through, the last one included; none going back. */
const stagesPassed = ({ from, to, stages }: Step): readonly Stage[] =>
  stages.filter(({ kind, order }) => kind !== 'lost' && order <= to.order && (from === null || order > from.order));

/** The fields a refusal asks for; none when it cannot be helped by filling something in. */
export const fieldsAskedBy = (error: CrmError): readonly string[] => {
  const names = error.issues.map(({ path }) => /^\/([A-Za-z]\w*)/.exec(path)?.[1]);
  const isAboutFields = names.length > 0 && names.every((name) => name !== undefined && !untouchable.has(name));
  return isAboutFields ? [...new Set(names as string[])] : [];
};

/** Fields that a refusal may name but that no answer changes: what was just chosen, and what the house fills in. */
const untouchable = new Set(['stage', 'pipeline', 'outcome', 'id', 'version', 'actualCloseDate', 'stageEnteredAt']);

/** The fields to ask, with those that an answer makes necessary: some reasons for a loss name a competitor. */
export const withFollowing = (fields: readonly string[], reason: LostReason | undefined): readonly string[] =>
  reason?.needsCompetitor && fields.includes('lostReason') && !fields.includes('lostTo')
    ? [...fields, 'lostTo']
    : fields;
