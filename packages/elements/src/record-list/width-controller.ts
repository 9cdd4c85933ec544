import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Whether an element is narrower than so many px; known before the first render. */
export class WidthController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #limit: number;
  #isNarrow = false;
  #observer: ResizeObserver | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, limit: number) {
    this.#host = host;
    this.#limit = limit;
    host.addController(this);
  }

  get isNarrow(): boolean {
    return this.#isNarrow;
  }

  hostConnected(): void {
    this.#take(this.#host.clientWidth);
    this.#observer = new ResizeObserver(() => {
      // In the next frame, because another layout in this one would be a loop
      requestAnimationFrame(() => this.#take(this.#host.clientWidth));
    });
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  #take(width: number): void {
    // An element that is not shown yet has no width, and says nothing
    const isNarrow = width > 0 && width < this.#limit;
    if (isNarrow === this.#isNarrow) return;
    this.#isNarrow = isNarrow;
    this.#host.requestUpdate();
  }
}
