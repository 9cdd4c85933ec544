import { html, nothing, type ReactiveController } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CrmElement } from '../frame/element.ts';
import { iconClose, iconSearch } from '../icons.ts';

/** How long somebody must pause in typing before a search is sent, in milliseconds. */
const pause = 220;

/** The words that are searched, a moment after they were typed. */
export class SearchBox implements ReactiveController {
  readonly #host: CrmElement;
  #typed = '';
  #words = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: CrmElement) {
    this.#host = host;
    host.addController(this);
  }

  /** What is searched; empty for everything. */
  get words(): string {
    return this.#words;
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#typed = this.#words = '';
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  render(): unknown {
    const label = this.#host.text('search');
    return html`<div class="search" role="search">
      ${iconSearch}
      <input
        class="input"
        part="search"
        type="search"
        maxlength="200"
        autocomplete="off"
        placeholder=${label}
        aria-label=${label}
        .value=${live(this.#typed)}
        @input=${(event: Event) => this.#type((event.target as HTMLInputElement).value, pause)}
        @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && this.#type(this.#typed, 0)}
      />
      ${
        this.#typed === ''
          ? nothing
          : html`<button
              class="button quiet square"
              type="button"
              aria-label=${this.#host.text('search.clear')}
              @click=${() => this.#type('', 0)}
            >
              ${iconClose}
            </button>`
      }
    </div>`;
  }

  #type(typed: string, delay: number): void {
    this.#typed = typed;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#words = typed.trim();
      this.#host.requestUpdate();
    }, delay);
    this.#host.requestUpdate();
  }
}
