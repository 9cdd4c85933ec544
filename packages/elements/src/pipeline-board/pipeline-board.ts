import { CrmError } from '@tessera-crm/model/errors.js';
import type { WhereOf } from '@tessera-crm/model/query/query.js';
import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { jsonAttribute, noSuchField } from '../data/json-attribute.ts';
import { LateCode } from '../data/late-code.ts';
import { whenIdle } from '../data/when-idle.ts';
import { CrmElement } from '../frame/element.ts';
import { renderState } from '../frame/states.ts';
import type { Backend } from '../frame/instance.ts';
import type { ViewState } from '../frame/view-state.ts';
import type { AskDialog } from './ask/ask-dialog.ts';
import { BoardController } from './board-controller.ts';
import type { BoardElement } from './board-data.ts';
import type * as BoardRest from './board-rest.ts';
import { renderColumns, skeletonCards } from './column.ts';
import { messages, type BoardMessages } from './pipeline-board.messages.ts';
import { parts } from './pipeline-board.parts.ts';
import { styles } from './pipeline-board.styles.ts';
import { renderSwitcher } from './switcher.ts';
import { renderToolbar } from './toolbar.ts';

/**
 * The deals of a pipeline as cards in columns, one column for each stage. Cards are moved by mouse, pen, finger,
 * keyboard or menu; what a stage asks for is asked at once, and what is refused goes back and says why.
 *
 * @tag crm-pipeline-board
 * @slot filter - Controls of the page in the toolbar; set `query` from them.
 * @slot actions - Buttons of the page at the end of the toolbar.
 * @slot empty - Instead of our words for a pipeline without deals.
 * @slot error - Instead of our message when nothing could be loaded.
 * @slot offline - Instead of our note that data may be old.
 * @slot forbidden - Instead of our message when the person may not see deals.
 * @fires crm-ready - Deals are there to be seen for the first time.
 * @fires crm-open - A card was opened. Cancelable; `detail.id` is the deal.
 * @fires crm-before-save - A deal is about to move. Cancelable; `detail.wait(promise)` makes it wait.
 * @fires crm-save - A deal was moved.
 * @fires crm-change - Another pipeline was chosen; `detail.id` is the pipeline.
 * @fires crm-conflict - Somebody else changed the deal meanwhile.
 * @fires crm-error - Something did not work; the board shows it as well.
 * @fires crm-load-error - Nothing could be loaded.
 * @csspart toolbar - What is above the columns.
 * @csspart columns - What holds the columns.
 * @csspart column - One column.
 * @csspart column-header - Name, count and sums of a column.
 * @csspart card - One deal.
 * @csspart card-name - Its name.
 * @csspart notice - What is said after a refused move.
 * @csspart refusal - A change that waited on this device and was refused.
 * @csspart dialog - The questions before a move.
 * @csspart field - A question with its label.
 * @csspart label - Its label.
 * @csspart input - Where it is answered.
 * @csspart field-error - What is wrong with the answer.
 * @cssprop [--crm-accent] - Focus, marks and buttons.
 * @cssprop [--crm-surface] - What cards stand on.
 * @cssprop [--crm-text] - Text; greys and lines follow from it.
 */
export class PipelineBoard extends CrmElement<BoardMessages> implements BoardElement {
  static override readonly element = 'pipeline-board';
  static override readonly parts = parts;
  static override readonly messages = messages;
  static override readonly translations = { it: () => import('./pipeline-board.messages.it.ts') };
  static override readonly styles = styles;
  static override readonly properties: PropertyDeclarations = {
    pipeline: {},
    query: { converter: jsonAttribute(noSuchField) },
    readonly: { type: Boolean },
    hideToolbar: { type: Boolean, attribute: 'hide-toolbar' },
  };

  /** Which pipeline: its id, or `default`. */
  declare pipeline: string;
  /** Only deals that match; a filter over deals, as an attribute in JSON. */
  declare query: WhereOf<'deals'> | undefined;
  /** Deals can be looked at and opened, not moved. */
  declare readonly: boolean;
  /** Without the bar above the columns. */
  declare hideToolbar: boolean;

  readonly #board: BoardController;
  readonly #rest: LateCode<typeof BoardRest>;
  #ask: AskDialog | undefined;
  /** The backend whose questions were fetched. */
  #prepared: Backend | undefined;
  #isPrinting = false;

  constructor() {
    super();
    this.pipeline = 'default';
    this.readonly = false;
    this.hideToolbar = false;
    this.#board = new BoardController(this);
    this.#rest = new LateCode(this, () => import('./board-rest.ts'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { connection: signal } = this;
    addEventListener('beforeprint', () => this.#print(true), { signal });
    addEventListener('afterprint', () => this.#print(false), { signal });
  }

  protected override get state(): ViewState {
    return this.#board.data.state;
  }

  override get failure(): CrmError | undefined {
    return this.#board.data.failure;
  }

  override get hasData(): boolean {
    return this.#board.columns.length > 0;
  }

  override retry(): void {
    this.#board.data.retry();
  }

  protected override render(): unknown {
    const { viewState } = this;
    const isHere = this.#board.columns.length > 0 && this.hasWords;
    // Stages without deals are still a board, and so is one whose cards are on their way
    const state = isHere && (viewState === 'loading' || viewState === 'empty') ? 'ready' : viewState;
    return [
      renderState(this, state, () => this.renderSafely()),
      html`<div class="probe" aria-hidden="true"></div>
        <div class="unseen" role="status" aria-live="assertive">${this.#board.said}</div>
        <div class="layer" aria-hidden="true"></div>`,
    ];
  }

  protected override renderContent(): unknown {
    const board = this.#board;
    const { keys } = board;
    return html`${this.hideToolbar ? nothing : renderToolbar(board, (id) => this.#choose(id))}
      ${board.refusals.current?.render()} ${this.viewState === 'empty' ? this.#renderEmpty() : nothing}
      ${board.windows.isNarrow ? renderSwitcher(board) : nothing}
      <p class="unseen" id="help">${this.t('help')}</p>
      <div
        class="board"
        aria-describedby="help"
        @pointerdown=${board.drag.press}
        @keydown=${keys.press}
        @focusin=${keys.focusIn}
        @focusout=${keys.focusOut}
        @click=${(event: Event) => this.#click(event)}
      >
        ${renderColumns(board, this.#isPrinting)}
      </div>
      ${this.#rest.current?.renderNotice(board)} ${this.#rest.current?.renderMoveMenu(board)}
      ${this.#ask?.render(board.asking)}`;
  }

  override renderLoading(): unknown {
    if (!this.#board.isSlow) return nothing;
    const bar = html`<div class="toolbar" aria-hidden="true"><span class="bone bar"></span></div>`;
    return html`${this.hideToolbar ? nothing : bar}
      <div class="columns" aria-hidden="true">
        ${[4, 3, 4, 2, 1].map(
          (count) =>
            html`<div class="column">
              <div class="head"><span class="bone title"></span><span class="sums"></span></div>
              <div class="scroller">${skeletonCards(count)}</div>
            </div>`,
        )}
      </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#rest.current?.openMoveMenu(this.renderRoot, this.#board);
    if (this.hasData && !this.readonly) this.#prepareOnce();
    if (!this.#board.asking) return;
    if (this.#ask) this.#ask.open();
    else void this.#loadAsk();
  }

  /** While nobody waits, because when it is needed the network may have gone. */
  #prepareOnce(): void {
    const { source } = this;
    if (this.#prepared === source) return;
    this.#prepared = source;
    whenIdle(() => void this.#loadAsk().then((ask) => ask?.prepare()));
  }

  #renderEmpty(): unknown {
    const isFiltered = this.query !== undefined || this.#board.words !== '';
    return html`<slot name="empty"
      ><p class="board-note" role="status">${this.t(isFiltered ? 'board.no-match' : 'board.empty')}</p></slot
    >`;
  }

  #choose(pipeline: string): void {
    this.pipeline = pipeline;
    this.emit('change', { module: 'pipelines', id: pipeline });
  }

  #click(event: Event): void {
    const target = event.target as Element;
    const card = target.closest<HTMLElement>('.card');
    const { key = '', id = '' } = card?.dataset ?? {};
    const deal = this.#board.dealOf(key, id);
    if (!deal) return;
    if (target.closest('.card-menu')) {
      if (this.#board.mayMove(deal)) this.#board.openMenu(deal, key);
    } else if (target.closest('.card-open')) {
      this.open({ module: 'deals', id, version: deal.version, record: () => deal }, event);
    }
  }

  /** What the questions need: controls, the definitions of fields. A failure concerns only somebody who is asked. */
  async #loadAsk(): Promise<AskDialog | undefined> {
    try {
      const ask = await import('./ask/ask-dialog.ts');
      this.#ask ??= new ask.AskDialog(this);
    } catch (cause) {
      const { asking } = this.#board;
      const error = new CrmError('load-failed', 'The questions before a move could not be loaded.', {}, cause);
      asking?.fail(this.fail(error));
    }
    this.requestUpdate();
    return this.#ask;
  }

  /** Paper shows all cards that were read; browsers do not wait, so this happens at once. */
  #print(isPrinting: boolean): void {
    this.#isPrinting = isPrinting;
    this.requestUpdate();
    this.performUpdate();
  }
}
