import type { CrmElement } from '../frame/element.ts';

/** Tells whether data take longer than a frame: only then is it worth drawing what stands for them. */
export class Slowness {
  readonly #host: Pick<CrmElement, 'viewState' | 'requestUpdate'>;
  #isSlow = false;
  #frame = 0;

  constructor(host: Pick<CrmElement, 'viewState' | 'requestUpdate'>) {
    this.#host = host;
  }

  /** Asked while something is on its way; renders again once it is slow. */
  get isSlow(): boolean {
    if (!this.#isSlow) this.#frame ||= requestAnimationFrame(() => this.#becomeSlow());
    return this.#isSlow;
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #becomeSlow(): void {
    this.#isSlow = true;
    if (this.#host.viewState === 'loading') this.#host.requestUpdate();
  }
}
