import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { visibleRange, type Range } from '../windowing/window.ts';

/** Up to so many rows are all in the page; more are seen through a window. */
const few = 200;

/** Shows of a long table only the rows that are in sight, whether the page scrolls or a box around it. */
export class RowWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #count = 0;
  #pitch = 36;
  #range: Range = { first: 0, end: few };
  #connection = new AbortController();
  #frame: number | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** From the start of one row to the start of the next, in px. */
  get pitch(): number {
    return this.#pitch;
  }

  /** The rows to render out of so many. */
  range(count: number): Range {
    this.#count = count;
    if (count <= few) return { first: 0, end: count };
    return { first: Math.min(this.#range.first, count), end: Math.min(this.#range.end, count) };
  }

  hostConnected(): void {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    const look = (): void => this.#look();
    for (const root of rootsOf(this.#host))
      root.addEventListener('scroll', look, { capture: true, passive: true, signal });
    addEventListener('resize', look, { passive: true, signal });
  }

  hostDisconnected(): void {
    this.#connection.abort();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  hostUpdated(): void {
    if (this.#count > few) this.#look();
  }

  /** Once per frame, however often one scrolls. */
  #look(): void {
    if (this.#count <= few || this.#frame !== undefined) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#measure();
    });
  }

  #measure(): void {
    const root = this.#host.shadowRoot;
    const body = root?.querySelector('tbody');
    const box = root?.querySelector('.box')?.getBoundingClientRect();
    if (!body || !box) return;
    const row = body.querySelector('tr[data-id]')?.getBoundingClientRect();
    if (row && row.height > 0) this.#pitch = row.height;
    const top = Math.max(0, box.top);
    const range = visibleRange(
      {
        count: this.#count,
        pitch: this.#pitch,
        offset: top - body.getBoundingClientRect().top,
        extent: Math.max(0, Math.min(innerHeight, box.bottom) - top),
      },
      12,
    );
    if (range.first === this.#range.first && range.end === this.#range.end) return;
    this.#range = range;
    this.#host.requestUpdate();
  }
}

/** Scrolling is told within one root only: that of the element, those around it, and the page. */
const rootsOf = (host: HTMLElement): readonly Node[] => {
  const roots: Node[] = host.shadowRoot ? [host.shadowRoot] : [];
  let root = host.getRootNode();
  while (root instanceof ShadowRoot) {
    roots.push(root);
    root = root.host.getRootNode();
  }
  return [...roots, root];
};
