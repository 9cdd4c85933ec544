import type { Messages } from '../i18n/catalogue.ts';
import { CrmElement } from '../frame/element.ts';

/** An element that takes part in the form around it, as a native input does. */
export abstract class FormElement<M extends Messages = Messages> extends CrmElement<M> {
  static readonly formAssociated = true;
  /** What is done when the form around, or a page, found that something is wrong. */
  protected whenInvalid: () => void = () => {};
  /** The same each time, because an element that was moved listens again. */
  readonly #invalid = (): void => this.whenInvalid();
  #isDisabled = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.outer.addEventListener('invalid', this.#invalid, { signal: this.connection });
  }

  /** The form this belongs to. */
  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  /** What is wrong, as of a native input. */
  get validity(): ValidityState {
    return this.internals.validity;
  }

  /** The same as a sentence. */
  get validationMessage(): string {
    return this.internals.validationMessage;
  }

  /** False while it is disabled. */
  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  /** Whether nothing is wrong; fires `invalid` if something is. */
  checkValidity(): boolean {
    return this.internals.checkValidity();
  }

  /** The same, and shows it. */
  reportValidity(): boolean {
    return this.internals.reportValidity();
  }

  /** Whether it, or a `fieldset` around it, is disabled. */
  protected get isDisabled(): boolean {
    return this.#isDisabled;
  }

  formDisabledCallback(isDisabled: boolean): void {
    this.#isDisabled = isDisabled;
    this.requestUpdate();
  }
}
