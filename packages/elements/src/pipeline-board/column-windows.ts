import type { LitElement, ReactiveController } from 'lit';
import { ColumnWindow } from './column-window.ts';

/** Narrower than this the board shows one column at a time, px. */
const narrow = 560;

/** What is assumed until the first measurement, px: a card of the usual density, and what is no column of a board. */
const usualPitch = 105.4;
const around = 110;

/** Measures the board and follows its scrolling. */
export class ColumnWindows implements ReactiveController {
  readonly #host: LitElement;
  readonly #windows = new Map<string, ColumnWindow>();
  readonly #observer = new ResizeObserver((entries) => this.#measured(entries));
  readonly #observed = new Set<Element>();
  #pitch = usualPitch;
  #isNarrow = false;
  #frame = 0;
  #shown = 0;
  #height = 0;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** From one card to the next, px. */
  get pitch(): number {
    return this.#pitch;
  }

  get isNarrow(): boolean {
    return this.#isNarrow;
  }

  /** On narrow screens: the position of the column in sight. */
  get shown(): number {
    return this.#shown;
  }

  /** For `scroll` of the columns: where they are pages, notes which one is in sight. */
  readonly paged = (event: Event): void => {
    if (!this.#isNarrow) return;
    const { scrollLeft, clientWidth } = event.currentTarget as HTMLElement;
    const shown = Math.round(Math.abs(scrollLeft) / Math.max(1, clientWidth));
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#host.requestUpdate();
  };

  of(key: string): ColumnWindow {
    let window = this.#windows.get(key);
    if (!window) this.#windows.set(key, (window = new ColumnWindow(Math.max(360, this.#height - around))));
    return window;
  }

  /** For `scroll` of a column; at most once per frame. */
  readonly scrolled = (event: Event): void => {
    const { scrollTop, dataset } = event.currentTarget as HTMLElement;
    this.of(dataset['key']!).offset = scrollTop;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#host.requestUpdate();
    });
  };

  hostConnected(): void {
    // Read while there is nothing inside that would have to be laid out first
    this.#height = this.#host.clientHeight;
    this.#observe(this.#host);
  }

  hostUpdated(): void {
    const found = this.#host.renderRoot.querySelectorAll<HTMLElement>('.scroller[data-key], .probe');
    for (const element of found) {
      this.#observe(element);
      const { key } = element.dataset;
      if (key !== undefined) this.of(key).settle(element);
    }
    for (const element of this.#observed) if (!element.isConnected) this.#forget(element);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#observed.clear();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #observe(element: Element): void {
    if (this.#observed.has(element)) return;
    this.#observed.add(element);
    this.#observer.observe(element);
  }

  #forget(element: Element): void {
    this.#observed.delete(element);
    this.#observer.unobserve(element);
  }

  #measured(entries: readonly ResizeObserverEntry[]): void {
    let isNews = false;
    const take = (was: number | boolean, now: number | boolean): boolean => (isNews ||= was !== now) || true;
    for (const { target, contentRect } of entries) {
      const { width, height } = contentRect;
      const key = (target as HTMLElement).dataset['key'];
      if (target === this.#host) {
        if (take(this.#isNarrow, width < narrow)) this.#isNarrow = width < narrow;
      } else if (key === undefined) {
        // A part of a pixel more or less shows no other cards either
        if (height > 0 && take(Math.round(this.#pitch), Math.round(height))) this.#pitch = height;
      } else if (height > 0) {
        const window = this.of(key);
        // A few pixels more or less show no other cards
        if (Math.abs(window.extent - height) > 4) isNews = true;
        window.extent = height;
      }
    }
    if (isNews) this.#host.requestUpdate();
  }
}
