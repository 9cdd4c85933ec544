import type { ReactiveController } from 'lit';
import type { CrmElement } from '../frame/element.ts';
import { safeHref } from '../frame/href.ts';

/** Finds the address of a picture that a record names; undefined while there is none, and when it cannot be had. */
export class PhotoController implements ReactiveController {
  readonly #host: CrmElement;
  readonly #wanted: () => string | null | undefined;
  #id: string | null | undefined;
  #address: string | undefined;

  constructor(host: CrmElement, wanted: () => string | null | undefined) {
    this.#host = host;
    this.#wanted = wanted;
    host.addController(this);
  }

  get address(): string | undefined {
    return this.#address;
  }

  /** The picture did not load. */
  discard(): void {
    this.#address = undefined;
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const id = this.#wanted();
    if (id === this.#id) return;
    this.#id = id;
    this.#address = undefined;
    const files = this.#host.source?.files;
    if (!id || !files) return;
    files.link(id).then(
      (address) => {
        if (this.#id !== id) return;
        this.#address = safeHref(address);
        this.#host.requestUpdate();
      },
      // Initials do as well
      () => {},
    );
  }
}
