import { noChange } from 'lit';
import { AsyncDirective, directive, type ElementPart } from 'lit/async-directive.js';

class InSight extends AsyncDirective {
  #observer: IntersectionObserver | undefined;
  #callback: (() => void) | null = null;

  render(_callback: (() => void) | null): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [callback]: [(() => void) | null]): typeof noChange {
    this.#callback = callback;
    this.#observer?.disconnect();
    if (!callback) return noChange;
    this.#observer ??= new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && this.#callback?.(),
      { rootMargin: '300px' },
    );
    // Observing anew tells again, because after what was loaded the end may still be in sight
    this.#observer.observe(element);
    return noChange;
  }

  protected override disconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }
}

/** Calls back whenever a tag comes near the visible part of the page; null does nothing. */
export const inSight = directive(InSight);
