import { formatNumber } from '@tessera-crm/model/format/number.js';
import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { iconClose, iconDone, iconError, iconFile, iconRetry, iconUpload, type Icon } from '../icons.ts';
import type { FormControls } from './form-controls.ts';
import type { Upload } from './uploads.ts';

interface DropZone {
  readonly form: FormControls;
  readonly id: string;
  readonly label: string;
  readonly items: readonly Upload[];
  readonly isMany: boolean;
  readonly accept?: string | undefined;
  readonly describedBy?: string | undefined;
  readonly isReadonly?: boolean;
  readonly onAdd: (files: readonly File[]) => void;
  readonly onRemove: (key: number) => void;
  readonly onRetry: (key: number) => void;
}

const units = ['B', 'kB', 'MB', 'GB'];

/** `1.2 MB`. @param size - Bytes. */
export const formatSize = (size: number, locale: string): string => {
  const power = size < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(size) / 3));
  return formatNumber((size / 1000 ** power).toFixed(1), locale, { digits: power > 1 ? 1 : 0, unit: units[power]! });
};

/** Where files are dropped or chosen, and how far each of them is. */
export const renderDropZone = (zone: DropZone): unknown => html`
  ${zone.isReadonly ? nothing : renderZone(zone)}
  ${
    zone.items.length === 0
      ? nothing
      : html`<ul class="files">
          ${zone.items.map((item) => renderItem(zone, item))}
        </ul>`
  }
`;

const renderZone = ({ form, id, accept, isMany, describedBy, onAdd }: DropZone): unknown => {
  const mark = (event: DragEvent, isOver: boolean): void => {
    event.preventDefault();
    (event.currentTarget as Element).toggleAttribute('data-over', isOver);
  };
  const drop = (event: DragEvent): void => {
    mark(event, false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) onAdd(isMany ? files : files.slice(0, 1));
  };
  const choose = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    onAdd([...(input.files ?? [])]);
    // So that the same file can be chosen again after it was removed
    input.value = '';
  };
  return html`<label
    class="drop"
    part="drop-zone"
    @dragenter=${(event: DragEvent) => mark(event, true)}
    @dragover=${(event: DragEvent) => mark(event, true)}
    @dragleave=${(event: DragEvent) => mark(event, false)}
    @drop=${drop}
  >
    <input
      class="unseen"
      type="file"
      id=${id}
      ?multiple=${isMany}
      accept=${ifDefined(accept)}
      aria-describedby=${ifDefined(describedBy)}
      @change=${choose}
    />
    ${iconUpload}<span><b>${form.text('file.choose')}</b> ${form.text('file.drop')}</span>
  </label>`;
};

const renderItem = (zone: DropZone, item: Upload): unknown => {
  const { name, size, status, share, reason } = item;
  const { form } = zone;
  const isWrong = status === 'failed' || status === 'refused';
  const percent = Math.round(share * 100);
  const state =
    status === 'sending' ? form.text('file.sending', { percent }) : reason ? form.text(reason, { max: 25 }) : '';
  return html`<li class="file" ?data-wrong=${isWrong}>
    ${isWrong ? iconError : status === 'done' ? iconDone : iconFile}
    <span class="file-name cut"><bdi>${name}</bdi></span>
    <span class="muted number">${formatSize(size, form.display.locale)}</span>
    <span class="file-actions">${renderActions(zone, item)}</span>
    ${status === 'sending' ? html`<progress class="file-progress" max="100" .value=${percent} aria-label=${state}></progress>` : nothing}
    ${isWrong ? html`<span class="file-reason" role="alert">${state}</span>` : nothing}
  </li>`;
};

const renderActions = ({ form, isReadonly, onRemove, onRetry }: DropZone, { key, name, status }: Upload): unknown => [
  status === 'failed' ? renderAction(form.text('file.retry', { name }), iconRetry, () => onRetry(key)) : nothing,
  isReadonly ? nothing : renderAction(form.text('control.remove', { label: name }), iconClose, () => onRemove(key)),
];

const renderAction = (label: string, icon: Icon, run: () => void): unknown =>
  html`<button class="button quiet square" type="button" aria-label=${label} @click=${run}>${icon}</button>`;
