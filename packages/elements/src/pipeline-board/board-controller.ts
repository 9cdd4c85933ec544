import type { CrmError } from '@tessera-crm/model/errors.js';
import type { ReactiveController } from 'lit';
import { LateCode } from '../data/late-code.ts';
import { BoardData, type BoardElement, type BoardView } from './board-data.ts';
import { BoardDrag, type DragHost } from './board-drag.ts';
import { BoardFacts } from './board-facts.ts';
import { BoardFigures } from './board-figures.ts';
import { BoardKeys, type KeysHost } from './board-keys.ts';
import { indexOfId, rowOf, strayKey, type Column, type Deal, type Stage } from './board.ts';
import type { CardFacts } from './card-facts.ts';
import { ColumnWindows } from './column-windows.ts';
import { DealMover, type Answers, type MoverHost, type Question } from './deal-mover.ts';
import { OwnerNames } from './owner-names.ts';
import type { Refusals } from '../outgoing/refusals.ts';
import { Slowness } from './slowness.ts';
import { MovedLists, type Move, type Moves } from './moves.ts';

/** What the board tells a person after a move that did not come about. */
export interface Notice {
  readonly move: Move;
  readonly error: CrmError;
  /** What the person had answered before; undefined when nothing was asked. */
  readonly answers: Answers | undefined;
}

/** What is asked at the moment, and where the answers go. */
export interface Asking {
  readonly question: Question;
  answer(answers: Answers | null): void;
  /** The question cannot be asked. */
  fail(error: CrmError): void;
}

/** Everything behind the board's templates: what is shown, where, and what becomes of it. */
export class BoardController implements ReactiveController, BoardView, MoverHost, KeysHost, DragHost {
  readonly element: BoardElement;
  readonly data: BoardData;
  readonly windows: ColumnWindows;
  readonly keys: BoardKeys;
  readonly drag: BoardDrag;
  readonly figures: BoardFigures;
  /** What waits on this device, or came back. */
  readonly refusals: LateCode<Refusals>;
  readonly owners: OwnerNames;
  readonly #mover: DealMover;
  readonly #facts: BoardFacts;
  readonly #moved = new MovedLists();
  readonly #slowness: Slowness;
  /** By stage, where a person decided otherwise than by the stage's kind. */
  readonly #folded = new Map<string, boolean>();
  #columns: readonly Column[] = [];
  #words = '';
  #isShowingSums = true;
  #notice: Notice | undefined;
  #asking: Asking | undefined;
  #said = '';
  #lifted: string | undefined;
  #menu: { readonly deal: Deal; readonly key: string } | undefined;

  constructor(element: BoardElement) {
    this.element = element;
    this.windows = new ColumnWindows(element);
    this.keys = new BoardKeys(this);
    this.drag = new BoardDrag(this);
    this.#mover = new DealMover(this);
    this.data = new BoardData(element, this);
    this.figures = new BoardFigures(element, this.data, this);
    this.#facts = new BoardFacts(element, this.data);
    this.owners = new OwnerNames(element);
    this.#slowness = new Slowness(element);
    this.refusals = new LateCode(element, async () => {
      const { Refusals } = await import('../outgoing/refusals.ts');
      return new Refusals(element, { module: 'deals', titleOf: (id) => this.nameOf(id) });
    });
    element.addController(this);
  }

  get columns(): readonly Column[] {
    return this.#columns;
  }

  get stages(): readonly Stage[] {
    return this.data.stages;
  }

  get moves(): Moves {
    return this.#mover.moves;
  }

  get words(): string {
    return this.#words;
  }

  get isShowingSums(): boolean {
    return this.#isShowingSums;
  }

  get notice(): Notice | undefined {
    return this.#notice;
  }

  get asking(): Asking | undefined {
    return this.#asking;
  }

  /** Whether it is worth drawing what stands for data to come. */
  get isSlow(): boolean {
    return this.#slowness.isSlow;
  }

  /** What the live region says. */
  get said(): string {
    return this.#said;
  }

  get menu(): { readonly deal: Deal; readonly key: string } | undefined {
    return this.#menu;
  }

  stage(key: string): Stage | null {
    return this.data.stage(key);
  }

  stageName(key: string): string {
    return this.stage(key)?.name ?? this.element.text('stray');
  }

  /** Closed stages are folded unless a person opens them: what is over takes no room. */
  isFolded({ id, kind }: Stage): boolean {
    return this.#folded.get(id) ?? kind !== 'open';
  }

  isLifted(deal: Deal): boolean {
    return deal.id === this.#lifted || deal.id === this.keys.held?.deal.id;
  }

  isPending(deal: Deal): boolean {
    return this.moves.get(deal.id)?.phase === 'saving' || this.refusals.current?.isWaiting(deal.id) === true;
  }

  /** What a deal on the board is called. */
  nameOf(id: string): string | undefined {
    return this.#columns.flatMap(({ deals }) => deals).find((deal) => deal.id === id)?.name;
  }

  mayMove(deal: Deal): boolean {
    return !this.element.readonly && !this.#mover.isBusy(deal.id);
  }

  facts(deal: Deal): CardFacts {
    return this.#facts.of(deal);
  }

  dealOf(key: string, id: string): Deal | undefined {
    const { deals = none } = this.#columns.find((column) => column.key === key) ?? {};
    return deals[indexOfId(deals, id)];
  }

  search(words: string): void {
    this.#set(() => (this.#words = words.trim()));
  }

  showSums(isShowing: boolean): void {
    this.#set(() => (this.#isShowingSums = isShowing));
  }

  fold(key: string, isFolded: boolean): void {
    this.#set(() => this.#folded.set(key, isFolded));
  }

  dismiss(): void {
    this.#set(() => (this.#notice = undefined));
  }

  lift(deal: Deal | null): void {
    this.#set(() => (this.#lifted = deal?.id));
  }

  openMenu(deal: Deal, key: string): void {
    this.#set(() => (this.#menu = { deal, key }));
  }

  closeMenu(): void {
    this.#set(() => (this.#menu = undefined));
  }

  say(
    key: 'held' | 'over' | 'moved' | 'returned' | 'refused' | 'asking',
    deal: Deal,
    column: Pick<Column, 'key'>,
  ): void {
    const { deals = [] } = this.#columns.find((one) => one.key === column.key) ?? {};
    const count = deals.includes(deal) ? deals.length : deals.length + 1;
    const facts = { name: deal.name, stage: this.stageName(column.key), row: rowOf(deals, deal) + 1, count };
    this.#set(() => (this.#said = this.element.text(key, facts)));
  }

  /** Written past rendering, because it changes with every column a card is carried over. */
  target(deal: Deal, key: string | null): void {
    for (const column of this.element.renderRoot.querySelectorAll<HTMLElement>('.column')) {
      const isTarget = key !== null && column.dataset['key'] === key;
      column.toggleAttribute('data-target', isTarget);
      if (!isTarget) continue;
      const { offset, extent } = this.windows.of(key);
      const row = rowOf(this.#columns.find((one) => one.key === key)?.deals ?? [], deal);
      const place = Math.min(Math.max(row * this.windows.pitch, offset), offset + extent - 4);
      column.querySelector<HTMLElement>('.marker')?.style.setProperty('--_place', `${place}px`);
      if (this.keys.held) column.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  move(deal: Deal, from: string, to: string): void {
    this.#notice = undefined;
    void this.#mover.move({ deal, from, to });
  }

  /** Makes the move of the notice again, with what was answered then. */
  moveAgain(): void {
    const { move, answers } = this.#notice!;
    this.#notice = undefined;
    void this.#mover.move(move, answers);
  }

  ask(question: Question): Promise<Answers | null> {
    this.say('asking', question.deal, { key: question.to.id });
    return new Promise((resolve, reject) => {
      const end = (): void => {
        this.#set(() => (this.#asking = undefined));
        this.keys.claim(question.deal.id);
      };
      const asking: Asking = {
        question,
        answer: (answers) => (end(), resolve(answers)),
        fail: (error) => (end(), reject(error)),
      };
      // One question at a time: a newer one takes the place of an older one, whose deal goes back
      this.#asking?.answer(null);
      this.#set(() => (this.#asking = asking));
    });
  }

  moved({ deal, to }: Move): void {
    this.say('moved', deal, { key: to });
  }

  returned(move: Move, error?: CrmError, answers?: Answers): void {
    this.say(error ? 'refused' : 'returned', move.deal, { key: move.from });
    if (error) this.#notice = { move, error, answers };
  }

  hostUpdate(): void {
    const lists = this.data.deals;
    this.#mover.reconcile(lists, (key) => this.data.list(key)?.hasMore === false);
    const shown = this.#moved.of(lists, this.moves);
    const keys = [...this.stages.map(({ id }) => id), ...(shown.get(strayKey)?.length ? [strayKey] : [])];
    this.#columns = keys.map((key) => this.#column(key, shown.get(key) ?? none));
    this.#facts.refresh();
    this.#readOn();
    this.keys.beforeRender();
  }

  hostUpdated(): void {
    this.keys.afterRender();
  }

  hostDisconnected(): void {
    this.#slowness.stop();
    this.drag.cancelAll();
    this.#asking?.answer(null);
  }

  #column(key: string, deals: readonly Deal[]): Column {
    const stage = this.stage(key);
    const list = this.data.list(key);
    return {
      key,
      stage,
      deals,
      isFolded: stage !== null && this.isFolded(stage),
      isComplete: list?.status === 'ready' && !list.hasMore,
      isLoading: list?.state === 'loading',
    };
  }

  /** Columns whose last cards are near are read on. */
  #readOn(): void {
    for (const { key, isFolded } of this.#columns) {
      const list = this.data.list(key);
      if (isFolded || !list?.hasMore || list.isLoadingMore) continue;
      if (this.windows.of(key).isNearEnd(this.windows.pitch)) list.more();
    }
  }

  #set(change: () => unknown): void {
    change();
    this.element.requestUpdate();
  }
}

const none: readonly Deal[] = [];
