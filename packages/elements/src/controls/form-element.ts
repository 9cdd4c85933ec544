import type { Messages } from '../i18n/catalogue.ts';
import { CrmElement } from '../frame/element.ts';

/** An element that takes part in the form around it, as a native input does. */
export abstract class FormElement<M extends Messages = Messages> extends CrmElement<M> {
  static readonly formAssociated = true;
  #isDisabled = false;

  /** The form this belongs to. */
  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  get validity(): ValidityState {
    return this.internals.validity;
  }

  get validationMessage(): string {
    return this.internals.validationMessage;
  }

  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  checkValidity(): boolean {
    return this.internals.checkValidity();
  }

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
