import type { Issue } from '@tessera-crm/model/errors.js';
import type { Control, Display, Field } from '@tessera-crm/model/kind.js';
import type { OnEdit } from './edit.ts';
import type { FormControls } from './form-controls.ts';

/** One field as its control sees it. */
export interface ControlView<C extends Control = Control> {
  readonly form: FormControls;
  readonly module: string;
  /** The name of the field, or of the part of one. */
  readonly name: string;
  readonly field: Field;
  readonly control: C;
  /** JSON pointer to the value within the record. */
  readonly path: string;
  /** Of the input, unique within the element. */
  readonly id: string;
  readonly label: string;
  readonly value: unknown;
  /** Everything wrong at the path or below it. */
  readonly issues: readonly Issue[];
  readonly isInvalid: boolean;
  readonly isRequired: boolean;
  readonly isReadonly: boolean;
  /** The ids of hint and error, for `aria-describedby`; undefined when there are none. */
  readonly describedBy: string | undefined;
  readonly onEdit: OnEdit;
}

/** The control of one name, a function from what there is to what is shown. */
export type RenderControl<A extends Control['as']> = (
  view: ControlView<Extract<Control, { readonly as: A }>>,
) => unknown;

/** How values of this field are shown, options by their labels. */
export const displayOf = ({ form, module, name }: ControlView): Display => ({
  ...form.display,
  optionLabel: (option) => form.labels.option(module, name, option),
});
