import { fetchStates, lateStates } from './late-states.ts';
import type * as States from './states.ts';

/** An element, as far as templates that come late concern it. */
interface LateHost {
  requestUpdate(): void;
  text(key: string): string;
}

export type Show = (states: typeof States) => unknown;

/** Shows by templates that are fetched only when something is amiss. */
export class LateTemplates {
  readonly #host: LateHost;
  #isWaiting = false;

  constructor(host: LateHost) {
    this.#host = host;
  }

  /** Whether something is missing on screen until they are here. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Fetches them, before the network may go. */
  fetch(): Promise<void> {
    return fetchStates();
  }

  /** Undefined until they are here. */
  render(show: Show): unknown {
    const states = lateStates();
    this.#isWaiting = states === undefined;
    if (states) return show(states);
    if (this.#isWaiting) void fetchStates().then(() => this.#host.requestUpdate());
    return undefined;
  }

  /** Why there are no data; undefined until that can be said. A sentence has to do where the network went before. */
  renderReason(show: Show): unknown {
    return this.render(show) ?? (lateStates() === null ? this.#host.text('frame.error') : undefined);
  }
}
