import { create, type Change } from '@tessera-crm/model/change.js';
import { maxFileBytes } from '@tessera-crm/model/protocol/files.js';
import { html, type ReactiveController } from 'lit';
import { documentOf } from '../controls/file.ts';
import type { FormControls } from '../controls/form-controls.ts';
import { renderDropZone } from '../controls/drop-zone.ts';
import { Uploads } from '../controls/uploads.ts';
import { newId } from '../draft/new-id.ts';

/** Where the browser keeps what was sent already, so that a reload sends nothing twice. */
interface Shelf {
  readonly get: () => unknown;
  readonly set: (files: unknown) => void;
}

/** The files of a ticket: sent as soon as they are chosen, made documents of the ticket when that is created. */
export class Attachments implements ReactiveController {
  readonly uploads: Uploads;
  readonly #form: FormControls;
  readonly #shelf: Shelf;

  constructor(form: FormControls, shelf: Shelf) {
    this.#form = form;
    this.#shelf = shelf;
    this.uploads = new Uploads(() => form.changed());
    form.host.addController(this);
  }

  /** Whether files can be sent at all. */
  get isAvailable(): boolean {
    return Boolean(this.#form.source?.files);
  }

  /** Takes back what had arrived before a reload. */
  hostUpdate(): void {
    if (this.uploads.items.length === 0) this.uploads.restore(this.#shelf.get());
  }

  /** The documents to be created along with the ticket. */
  documents(ticket: string): readonly Change[] {
    const related = [{ module: 'tickets', id: ticket }];
    return this.uploads.done.map((one) => create('documents', newId(), { ...documentOf(one), related } as never));
  }

  render(id: string, accept: string | undefined, isReadonly: boolean): unknown {
    const { uploads } = this;
    const label = this.#form.text('attachments');
    return html`<fieldset class="field" data-width="row" part="attachments">
      <legend class="label">${label}</legend>
      ${renderDropZone({
        form: this.#form,
        id,
        label,
        items: uploads.items,
        isMany: true,
        accept,
        isReadonly,
        onAdd: (files) => void this.#add(files, accept),
        onRemove: (key) => {
          uploads.remove(key);
          this.#remember();
        },
        onRetry: (key) => void this.#retry(key),
      })}
    </fieldset>`;
  }

  async #add(files: readonly File[], accept: string | undefined): Promise<void> {
    const sender = this.#form.source?.files;
    if (!sender) return;
    await this.uploads.add(files, sender, { accept, max: maxFileBytes });
    this.#remember();
  }

  async #retry(key: number): Promise<void> {
    const sender = this.#form.source?.files;
    if (!sender) return;
    await this.uploads.retry(key, sender);
    this.#remember();
  }

  #remember(): void {
    const kept = this.uploads.done.map(({ id, name, type, size }) => ({ id, name, type, size }));
    this.#shelf.set(kept.length > 0 ? kept : undefined);
  }
}
