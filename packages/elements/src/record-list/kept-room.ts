import type { ReactiveController } from 'lit';
import type { CrmElement } from '../frame/element.ts';

/**
 * Keeps an element in a shell as high as it was while it loaded, where less came than it had kept room for: what stands
 * below it on the page stays where it is. The room is given back when nobody sees it, or when something else is asked.
 */
export class KeptRoom implements ReactiveController {
  readonly #host: CrmElement;
  readonly #asked: () => unknown;
  #wasLoading = false;
  /** px, of what loads; only between what it shows and what comes instead. */
  #height: number | undefined;
  #askedFor: unknown;
  #observer: IntersectionObserver | undefined;

  /** @param asked - Another answer than before gives the room back. */
  constructor(host: CrmElement, asked: () => unknown) {
    this.#host = host;
    this.#asked = asked;
  }

  hostUpdate(): void {
    const isLoading = this.#host.viewState === 'loading';
    if (this.#observer && this.#asked() !== this.#askedFor) this.#giveBack();
    this.#height = this.#wasLoading && !isLoading ? this.#host.offsetHeight : undefined;
    this.#wasLoading = isLoading;
  }

  hostUpdated(): void {
    const height = this.#height;
    this.#height = undefined;
    // An element that stands in the page by itself is the page's to style
    if (height === undefined || this.#host.outer === this.#host || this.#host.offsetHeight >= height) return;
    this.#host.style.minBlockSize = `${height}px`;
    this.#askedFor = this.#asked();
    this.#observer = new IntersectionObserver((seen) => {
      if (!seen.at(-1)?.isIntersecting) this.#giveBack();
    });
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#giveBack();
  }

  #giveBack(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#host.style.minBlockSize = '';
  }
}
