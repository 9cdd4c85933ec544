import { plainJson } from '@tessera-crm/model/plain-json.js';
import { mirrorInputs } from './mirrored-inputs.ts';
import { ticketField } from './ticket-fields.ts';

type Values = Readonly<Record<string, unknown>>;

interface FormState {
  readonly name: string | null;
  readonly values: Values;
  readonly isDirty: boolean;
  /** Of the ticket that was created; undefined before. */
  readonly id: string | undefined;
  /** Whether hidden inputs of the page carry it instead. */
  readonly isMirrored: boolean;
  readonly isDisabled: boolean;
  /** Why a form around must not be sent yet; undefined when it may. */
  readonly refusal: string | undefined;
}

/** What a form around sends for the element: the id of the ticket once it exists, the draft as JSON before, else nothing. */
export const formValue = ({ id, isDirty, values }: Pick<FormState, 'id' | 'isDirty' | 'values'>): string =>
  id ?? (isDirty ? plainJson(values) : '');

/** Each field as the text that exports write. */
const textsOf = (values: Values, name: string): readonly (readonly [string, string])[] =>
  Object.entries(values).flatMap(([key, value]) => {
    const field = ticketField(key);
    return field ? [[`${name}[${key}]`, field.kind.toText(value, field.options)] as const] : [];
  });

/** Makes the element part of the form around it: its value, whether it is valid, and what of it is mirrored. */
export class FormValue {
  readonly #host: HTMLElement;
  readonly #internals: ElementInternals;
  #last = '';

  constructor(host: HTMLElement, internals: ElementInternals) {
    this.#host = host;
    this.#internals = internals;
  }

  update(state: FormState, anchor: HTMLElement | undefined): void {
    const value = formValue(state);
    this.#mirror(state, value);
    const next = plainJson([value, state.isMirrored, state.refusal, anchor?.id]);
    if (next === this.#last) return;
    this.#last = next;
    // The form would send it twice if hidden inputs carry it, too
    this.#internals.setFormValue(state.isMirrored ? null : value, value);
    if (state.refusal === undefined) this.#internals.setValidity({});
    else this.#internals.setValidity({ customError: true }, state.refusal, anchor);
  }

  #mirror({ name, isMirrored, isDisabled, values, id }: FormState, value: string): void {
    const isWanted = isMirrored && name !== null && name !== '';
    const fields = isWanted && id === undefined ? textsOf(values, name) : [];
    const entries = new Map(isWanted ? [[name, value] as const, ...fields] : []);
    if (entries.size > 0 || this.#host.childElementCount > 0) mirrorInputs(this.#host, entries, isDisabled);
  }
}
