import type { CrmError } from '@tessera-crm/model/errors.js';
import { text } from '@tessera-crm/model/kinds/text.js';
import { defineModule, type AnyRecord } from '@tessera-crm/model/module.js';
import { Registry } from '@tessera-crm/model/registry.js';
import { memoryStore } from '@tessera-crm/model/testing/memory-store.js';
import { html, type PropertyDeclarations } from 'lit';
import { ListController } from '../data/list-controller.ts';
import { RecordController } from '../data/record-controller.ts';
import { CrmElement } from '../frame/element.ts';
import type { ViewState } from '../frame/view-state.ts';
import { base } from '../styles/base.ts';
import { tokens } from '../styles/tokens.ts';

const messages = { hello: 'Hello {name}', things: { one: '{count} thing', other: '{count} things' } } as const;

/** The smallest element on the frame, for the frame's own tests: one record and a list. */
export class Probe extends CrmElement<typeof messages> {
  static override readonly element = 'probe';
  static override readonly messages = messages;
  static override readonly translations = {
    it: async () => ({ messages: { hello: 'Ciao {name}', things: { one: '{count} cosa', other: '{count} cose' } } }),
    xx: () => Promise.reject(new Error('no such file')),
  };
  static override readonly styles = [tokens, base];
  static override readonly properties: PropertyDeclarations = { record: {}, limit: { type: Number } };

  declare record: string | undefined;
  declare limit: number | undefined;

  readonly one = new RecordController(this, 'probes', () => (this.record === undefined ? null : { id: this.record }));
  readonly many = new ListController(this, 'probes', () =>
    this.limit === undefined ? null : { sort: ['title'], limit: this.limit },
  );

  override get failure(): CrmError | undefined {
    return this.one.error ?? this.many.error;
  }

  override get hasData(): boolean {
    return this.one.record !== undefined || this.many.records.length > 0;
  }

  override retry(): void {
    this.one.retry();
    this.many.retry();
  }

  protected override get state(): ViewState {
    return this.record === undefined ? this.many.state : this.one.state;
  }

  override renderLoading(): unknown {
    return html`<div class="bone">${this.t('frame.loading')}</div>`;
  }

  protected override renderContent(): unknown {
    const note = this.one.record;
    return html`
      <p class="hello">${this.t('hello', { name: note?.['title'] as string })}</p>
      <p class="things">${this.t('things', { count: this.many.records.length })}</p>
      <ul>
        ${this.many.records.map((one) => html`<li>${(one as AnyRecord)['title']}</li>`)}
      </ul>
    `;
  }
}

export const probeRegistry = new Registry([
  defineModule('probes', { area: 'activities', title: ['title'], fields: { title: text({ required: true }) } }),
]);

/** A memory store with so many notes: `Note 1`, `Note 2` … with ids `n1`, `n2` … */
export const probeStore = (count: number) => {
  const store = memoryStore({ registry: probeRegistry });
  store.memory.fill(
    'probes',
    Array.from({ length: count }, (_, index) => probeNote(index + 1)),
  );
  return store;
};

export const probeId = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

const probeNote = (number: number): AnyRecord => ({
  ...Object.fromEntries(Object.keys(probeRegistry.get('probes').fields).map((key) => [key, null])),
  id: probeId(number),
  version: 1,
  title: `Note ${String(number).padStart(3, '0')}`,
});
