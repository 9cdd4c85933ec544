import { html, nothing, type TemplateResult } from 'lit';
import { iconCheck, iconCopy } from '../copy-icons.ts';
import type { CrmElement } from '../frame/element.ts';

/** Milliseconds for which a copied value is marked. */
const markedFor = 1500;

/** Copies values of a card to the clipboard, by a button beside each. */
export class Copying {
  readonly #host: CrmElement;
  #copied: string | undefined;

  constructor(host: CrmElement) {
    this.#host = host;
  }

  /** What was copied just now. */
  get copied(): string | undefined {
    return this.#copied;
  }

  /** Nothing where the browser cannot copy. */
  renderButton(value: string, label: string): TemplateResult | typeof nothing {
    if (!navigator.clipboard) return nothing;
    const isCopied = this.#copied === value;
    return html`<button
      class="button quiet square copy no-print ${isCopied ? 'is-done' : ''}"
      type="button"
      aria-label=${label}
      @click=${() => void this.#copy(value)}
    >
      ${isCopied ? iconCheck : iconCopy}
    </button>`;
  }

  async #copy(value: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(value);
    } catch (cause) {
      this.#host.fail(cause);
      return;
    }
    this.#mark(value);
    await new Promise((resolve) => setTimeout(resolve, markedFor));
    if (this.#copied === value) this.#mark(undefined);
  }

  #mark(value: string | undefined): void {
    this.#copied = value;
    this.#host.requestUpdate();
  }
}
