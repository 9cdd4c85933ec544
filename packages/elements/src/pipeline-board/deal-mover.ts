import { update } from '@tessera-crm/model/change.js';
import type { CrmError, Issue } from '@tessera-crm/model/errors.js';
import type { PatchOf } from '@tessera-crm/model/records.js';
import { save } from '../data/save.ts';
import type { CrmElement } from '../frame/element.ts';
import type { Deal, Stage } from './board.ts';
import { fieldsAskedBy, gateOf, isOpen, withoutAnswered, type Gate } from './gate.ts';
import { isConfirmed, isGone, type Lists, type Move, type Moves } from './moves.ts';

export type Answers = Readonly<Record<string, unknown>>;

/** A question to the person before a deal can move. */
export interface Question {
  readonly deal: Deal;
  readonly to: Stage;
  readonly gate: Gate;
  /** What was given before, and why the store refused it. */
  readonly answers: Answers;
  readonly issues: readonly Issue[];
}

/** What a move needs of the board. */
export interface MoverHost {
  readonly element: CrmElement;
  readonly stages: readonly Stage[];
  stage(key: string): Stage | null;
  /**
   * @returns The answers; null when the person gives the move up.
   * @throws {CrmError} When the question cannot be asked.
   */
  ask(question: Question): Promise<Answers | null>;
  moved(move: Move): void;
  returned(move: Move, error?: CrmError, answers?: Answers): void;
}

/** Questions after refusals, at most: a store that always wants something else must not hold a person for ever. */
const mostRounds = 4;

/** How long lists may take to tell of a saved move before its absence from them counts, ms. */
const grace = 3000;

/** Moves deals between stages: at once on screen, asking what is missing, back again when the store refuses. */
export class DealMover {
  readonly #host: MoverHost;
  readonly #moves = new Map<string, Move>();
  readonly #savedAt = new Map<string, number>();

  constructor(host: MoverHost) {
    this.#host = host;
  }

  get moves(): Moves {
    return this.#moves;
  }

  /** Whether a deal is on its way already and has to arrive first. */
  isBusy(id: string): boolean {
    const phase = this.#moves.get(id)?.phase;
    return phase === 'asking' || phase === 'saving';
  }

  /**
   * Moves a deal; never throws. Resolves when it is saved or back.
   *
   * @param given - What was answered when this move was tried before: it is not asked again.
   */
  async move({ deal, from, to }: Omit<Move, 'phase'>, given?: Answers): Promise<void> {
    const stage = this.#host.stage(to);
    if (!stage || from === to || this.isBusy(deal.id)) return;
    const move: Move = { deal, from, to, phase: 'saving' };
    const gate = withoutAnswered(
      gateOf({ deal, from: this.#host.stage(from), to: stage, stages: this.#host.stages }),
      given,
    );
    let question: Question = { deal, to: stage, gate, answers: given ?? {}, issues: [] };
    for (let round = 0; round < mostRounds; round++) {
      if (!isOpen(question.gate)) {
        const answers = await this.#ask(move, question);
        if (!answers) return;
        question = { ...question, answers: { ...question.answers, ...answers } };
      }
      const refusal = await this.#save(move, question.answers);
      if (!refusal) return;
      const fields = fieldsAskedBy(refusal);
      if (fields.length === 0 || round === mostRounds - 1) return this.#giveBack(move, refusal, question.answers);
      question = { ...question, gate: { fields, reopens: false }, issues: refusal.issues };
    }
  }

  /** Forgets moves that the lists tell by now. */
  reconcile(lists: Lists, isComplete: (key: string) => boolean): void {
    for (const [id, move] of this.#moves) {
      const isOld = performance.now() - (this.#savedAt.get(id) ?? 0) > grace;
      if (isConfirmed(move, lists) || (isOld && isGone(move, lists, isComplete))) this.#moves.delete(id);
    }
  }

  /** @returns Null when nothing comes of the move. */
  async #ask(move: Move, question: Question): Promise<Answers | null> {
    this.#set({ ...move, phase: 'asking' });
    try {
      const answers = await this.#host.ask(question);
      if (!answers) this.#giveBack(move);
      return answers;
    } catch (error) {
      this.#giveBack(move, error as CrmError);
      return null;
    }
  }

  /** @returns Why not, where it was refused and may be tried again. */
  async #save(move: Move, answers: Answers): Promise<CrmError | undefined> {
    const { deal, to } = move;
    this.#set({ ...move, phase: 'saving' });
    const values = { ...answers, stage: to } as PatchOf<'deals'>;
    const saved = await save(this.#host.element, update('deals', deal.id, values, deal.version), { record: deal });
    if (saved.outcome === 'failed') return saved.error;
    if (saved.outcome === 'cancelled') {
      this.#giveBack(move);
      return undefined;
    }
    const record = saved.applied.record as Deal | null;
    this.#savedAt.set(deal.id, performance.now());
    this.#set({ ...move, deal: record ?? ({ ...deal, ...values, version: deal.version + 1 } as Deal), phase: 'saved' });
    setTimeout(() => this.#host.element.requestUpdate(), grace + 50);
    this.#host.moved(this.#moves.get(deal.id)!);
    return undefined;
  }

  #set(move: Move): void {
    this.#moves.set(move.deal.id, move);
    this.#host.element.requestUpdate();
  }

  #giveBack(move: Move, error?: CrmError, answers?: Answers): void {
    this.#moves.delete(move.deal.id);
    this.#host.returned(move, error, answers);
    this.#host.element.requestUpdate();
  }
}
