import type { Issue } from '@tessera-crm/model/errors.js';
import type { Control, Field } from '@tessera-crm/model/kind.js';
import { html, nothing } from 'lit';
import { iconError } from '../icons.ts';
import { controls, type ControlEntry } from './all.ts';
import type { ControlView } from './control-view.ts';
import type { OnEdit } from './edit.ts';
import type { FormControls } from './form-controls.ts';
import { sentenceOf } from './sentence.ts';
import { isStillTyping } from './typing.ts';

/** A field to be shown and edited. */
export interface FieldSpec {
  readonly form: FormControls;
  readonly module: string;
  readonly name: string;
  readonly field: Field;
  readonly value: unknown;
  /** Of the whole form; those of this field are picked by their paths. */
  readonly issues: readonly Issue[];
  readonly onEdit: OnEdit;
  readonly hint?: string | undefined;
  readonly isReadonly?: boolean;
  /** The label unless told is that of the module. */
  readonly label?: string;
  /** JSON pointer; `/name` unless told. */
  readonly path?: string;
  readonly id?: string;
  readonly isBare?: boolean;
}

/** Everything wrong at a path or below it. */
export const issuesAt = (issues: readonly Issue[], path: string): readonly Issue[] =>
  issues.filter((issue) => issue.path === path || issue.path.startsWith(`${path}/`));

/** The id of the input that belongs to a field; the first one where there are several. */
export const inputId = (name: string): string => `field-${name}`;

/** One field of a form: label, control, hint and what is wrong, tied together for everybody. */
export const renderField = (spec: FieldSpec): unknown => {
  const view = viewOf(spec);
  const entry = controls[view.control.as] as ControlEntry;
  const control = (entry.render as (one: ControlView) => unknown)(view);
  const error = errorOf(view);
  const body = html`${control} ${spec.hint ? html`<p class="hint" id=${`${view.id}-hint`}>${spec.hint}</p>` : nothing}
  ${
    error === undefined
      ? nothing
      : html`<p class="field-error" part="field-error" id=${`${view.id}-error`}>${iconError}${error}</p>`
  }`;
  return entry.frame === 'group' ? grouped(view, body) : labelled(view, body, entry.frame, spec.isBare);
};

const viewOf = (spec: FieldSpec): ControlView => {
  const { form, module, name, field, value, onEdit, hint } = spec;
  const path = spec.path ?? `/${name}`;
  const id = spec.id ?? inputId(name);
  const isReadonly = spec.isReadonly === true || field.presence === 'computed';
  const control: Control = field.kind.control(field.options);
  const issues = issuesAt(spec.issues, path);
  const isWrong = !isReadonly && issues.some((issue) => issue.path === path);
  const isInvalid = isWrong && !isStillTyping({ form, path });
  const describedBy = [hint && `${id}-hint`, isInvalid && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const label = spec.label ?? form.labels.field(module, name, field);
  const isRequired = field.presence === 'required' && !isReadonly;
  return {
    form,
    module,
    name,
    field,
    control,
    path,
    id,
    label,
    value,
    issues,
    isInvalid,
    isRequired,
    isReadonly,
    describedBy,
    onEdit,
  };
};

/** What is wrong with the field as a whole; parts say themselves what is wrong with them. */
const errorOf = ({ isInvalid, issues, path, form, module }: ControlView): string | undefined => {
  const issue = isInvalid ? issues.find((one) => one.path === path) : undefined;
  return issue && sentenceOf(issue, form, module);
};

const mark = ({ isRequired }: ControlView): unknown =>
  isRequired ? html`<span class="required" aria-hidden="true">*</span>` : nothing;

const labelled = (view: ControlView, body: unknown, frame: ControlEntry['frame'], isBare = false): unknown =>
  html`<div class="field" part="field" data-field=${view.name} data-width=${widthOf(view)}>
    ${
      frame === 'own'
        ? nothing
        : html`<label class=${isBare ? 'unseen' : 'label'} part="label" for=${view.id}
            >${view.label}${mark(view)}</label
          >`
    }
    ${body}
  </div>`;

const wholeRow = new Set<Control['as']>(['group', 'list', 'lines', 'file', 'longtext', 'richtext']);

/** How much of a row it wants: all of it, all of it in a form of one's own, or as much as the others. */
const widthOf = ({ control }: ControlView): 'row' | 'wide' | 'part' => {
  if (wholeRow.has(control.as)) return 'row';
  return control.as === 'text' || (control.as === 'link' && control.many) ? 'wide' : 'part';
};

const grouped = (view: ControlView, body: unknown): unknown =>
  html`<fieldset class="field" part="field" data-field=${view.name} aria-describedby=${view.describedBy ?? nothing}>
    <legend class="label" part="label">${view.label}${mark(view)}</legend>
    ${body}
  </fieldset>`;
