import type { Field } from '@tessera-crm/model/kind.js';
import type { ControlView } from './control-view.ts';
import type { OnEdit } from './edit.ts';
import { renderField } from './field.ts';

interface Part {
  /** Of what it is a part; its path and id are those of the group or row. */
  readonly view: ControlView;
  readonly name: string;
  readonly field: Field;
  readonly value: unknown;
  readonly onEdit: OnEdit;
  /** Its label is seen elsewhere, as in the head of a table. */
  readonly isBare?: boolean;
}

/** A part of a value, as a field of its own within the field. */
export const renderPart = ({ view, name, field, value, onEdit, isBare = false }: Part): unknown => {
  const { form, module, path, id, issues, isReadonly } = view;
  return renderField({
    form,
    module,
    name,
    field,
    value,
    onEdit,
    issues,
    isReadonly,
    isBare,
    path: `${path}/${name}`,
    id: `${id}-${name}`,
    label: partLabel(view, name, field),
  });
};

/** A telephone number among telephone numbers is called what they are called. */
const partLabel = ({ form, label, module, name: of }: ControlView, name: string, field: Field): string =>
  name === 'value' ? label : form.labels.part(module, of, name, field);
