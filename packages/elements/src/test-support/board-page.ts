import type { CrmError } from '@tessera-crm/model/errors.js';
import { fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { executeServerCommand, sendMouse } from '@web/test-runner-commands';
import { nothing, type TemplateResult } from 'lit';
import { PipelineBoard } from '../pipeline-board/pipeline-board.ts';
import { dealStore, registry } from './sample-deals.ts';
import { testInstance, type TestInstance, type TestInstanceOptions } from './instance.ts';
import { switchStore, type SwitchStore } from './switch-store.ts';

PipelineBoard.define();

interface BoardOptions extends Omit<TestInstanceOptions, 'store' | 'registry'> {
  readonly deals?: number;
  readonly template?: TemplateResult;
  /** Answers wait for it. */
  readonly wait?: Promise<unknown>;
  /** Nothing can be read. */
  readonly failure?: CrmError;
  /** Changes the records before the board looks at them. */
  prepare?(memory: ReturnType<typeof dealStore>['memory']): void;
}

/** A board on a page, and the hands and eyes of somebody in front of it. */
export class BoardPage {
  readonly element: PipelineBoard;
  readonly crm: TestInstance;
  readonly store: SwitchStore;
  readonly memory: ReturnType<typeof dealStore>['memory'];

  constructor(element: PipelineBoard, crm: TestInstance, store: SwitchStore, memory: BoardPage['memory']) {
    this.element = element;
    this.crm = crm;
    this.store = store;
    this.memory = memory;
  }

  get root(): ShadowRoot {
    return this.element.shadowRoot!;
  }

  get columns(): readonly HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>('.column[data-key]')];
  }

  column(name: string): HTMLElement {
    return this.columns.find((column) => column.querySelector('.title')?.textContent?.trim() === name)!;
  }

  /** The cards of a column from top to bottom. */
  cards(name: string): readonly HTMLElement[] {
    const cards = [...this.column(name).querySelectorAll<HTMLElement>('.card')];
    return cards.sort((a, b) => Number(a.dataset['row']) - Number(b.dataset['row']));
  }

  names(column: string): readonly string[] {
    return this.cards(column).map((card) => card.querySelector('.card-open')!.textContent!.trim());
  }

  count(column: string): string {
    return this.column(column).querySelector('.count')!.textContent!.trim();
  }

  card(name: string): HTMLElement | undefined {
    return [...this.root.querySelectorAll<HTMLElement>('.card')].find(
      (card) => card.querySelector('.card-open')?.textContent?.trim() === name,
    );
  }

  /** The column in which a deal is shown. */
  columnOf(deal: string): string | undefined {
    return this.card(deal)?.closest('.column')?.querySelector('.title')?.textContent?.trim();
  }

  get said(): string {
    return this.root.querySelector('[aria-live]')!.textContent!.trim();
  }

  get notice(): string | undefined {
    return this.root.querySelector('.notice p')?.textContent?.trim();
  }

  get dialog(): HTMLDialogElement | null {
    return this.root.querySelector('dialog');
  }

  get focused(): string | undefined {
    return this.root.activeElement?.textContent?.trim();
  }

  focus(deal: string): void {
    this.card(deal)!.querySelector<HTMLElement>('.card-open')!.focus();
  }

  async arrives(deal: string, column: string): Promise<void> {
    await until(() => this.columnOf(deal) === column, `${deal} arrives in ${column}`);
  }

  async asks(): Promise<HTMLDialogElement> {
    // Its code is fetched when the first question comes up
    await until(() => this.dialog?.open, 'a dialog asks');
    return this.dialog!;
  }

  async answer(): Promise<void> {
    this.dialog!.querySelector<HTMLElement>('.primary')!.click();
    await this.element.updateComplete;
  }

  /** Presses a card and carries it to the middle of a column, without letting go. */
  async carry(deal: string, column: string): Promise<void> {
    const from = middle(this.card(deal)!);
    const to = middle(this.column(column));
    await sendMouse({ type: 'move', position: from });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [from[0] + 8, from[1] + 8] });
    await sendMouse({ type: 'move', position: to });
    await nextFrame();
    await nextFrame();
  }

  async drag(deal: string, column: string): Promise<void> {
    await this.carry(deal, column);
    await sendMouse({ type: 'up' });
    await this.element.updateComplete;
  }

  remove(): void {
    this.crm.remove();
  }
}

/** The middle of what is seen of an element. */
export const middle = (element: Element): [number, number] => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const end = Math.min(bottom, innerHeight);
  return [Math.round((left + right) / 2), Math.round((Math.max(0, top) + end) / 2)];
};

/** Waits for something to come true; patiently, because machines that test have other things to do. */
export const until = (isTrue: () => unknown, what: string): Promise<void> =>
  waitUntil(isTrue as () => boolean, what, { interval: 15, timeout: 8000 });

export const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

export const pause = (time: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, time));

/** One finger at a place; none lifts it. */
export const touch = (
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  place?: readonly [number, number],
): Promise<unknown> =>
  executeServerCommand('send-touch', { type, touchPoints: place ? [{ x: place[0], y: place[1] }] : [] });

/** Puts a board on the page and waits until its deals are there. */
export const openBoard = async (options: BoardOptions = {}): Promise<BoardPage> => {
  const page = await placeBoard(options);
  if (page.element.viewState === 'loading') await oneEvent(page.element, 'crm-ready');
  // Cards are measured after they were drawn for the first time
  await nextFrame();
  await nextFrame();
  await page.element.updateComplete;
  return page;
};

/** Puts a board on the page as it begins. */
export const placeBoard = async (options: BoardOptions = {}): Promise<BoardPage> => {
  const { deals = 30, template, prepare, wait, failure, ...settings } = options;
  const inner = dealStore(deals);
  prepare?.(inner.memory);
  const store = switchStore(inner);
  if (wait) store.wait(wait);
  if (failure) store.fail(failure);
  const crm = testInstance({ store, registry, ...settings });
  const around = await fixture<HTMLElement>(
    template ?? html`<crm-pipeline-board lang=${settings.locale ?? nothing}></crm-pipeline-board>`,
  );
  const element = around instanceof PipelineBoard ? around : around.querySelector<PipelineBoard>('crm-pipeline-board')!;
  return new BoardPage(element, crm, store, inner.memory);
};
