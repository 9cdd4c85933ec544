import { CrmError } from '@tessera-crm/model/errors.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { memoryStore } from '@tessera-crm/model/testing/memory-store.js';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { FileAccess } from '../frame/instance.ts';
import { shown } from '../test-support/shown.ts';
import { stage } from '../test-support/stage.ts';
import { switchStore } from '../test-support/switch-store.ts';
import { TicketForm } from './ticket-form.ts';

TicketForm.define();

const registry = builtInRegistry();

/** Takes every file, and one called `slow…` for ever. */
const files: FileAccess = {
  upload: (file, { onProgress } = {}) => {
    onProgress?.(0.6);
    if (file.name.startsWith('slow')) return new Promise(() => {});
    return file.name.startsWith('bad') ? Promise.reject(new CrmError('network', 'gone')) : Promise.resolve('file-1');
  },
  link: async () => '',
};

const newStore = () => switchStore(memoryStore({ registry }));

interface Args {
  readonly locale: string;
  readonly fields: string;
  readonly density: 'compact' | 'comfortable' | undefined;
  readonly readonly: boolean;
}

const meta: Meta<Args> = {
  component: 'crm-ticket-form',
  title: 'Service/Ticket form',
  args: { locale: 'en', fields: 'subject,category,priority,description', density: undefined, readonly: false },
  argTypes: {
    locale: { control: 'inline-radio', options: ['en', 'it'] },
    density: { control: 'inline-radio', options: ['compact', undefined, 'comfortable'] },
  },
};

export default meta;

type Story = StoryObj<Args>;

const form = ({ locale, fields, density, readonly }: Args, store = newStore()) =>
  stage(
    { store, registry, files },
    html`<crm-ticket-form
      lang=${locale}
      fields=${fields}
      draft-key="off"
      subject-hint=${locale === 'it' ? 'Bastano poche parole' : 'A few words are enough'}
      .density=${density}
      ?readonly=${readonly}
    ></crm-ticket-form>`,
  );

const elementOf = async (canvas: HTMLElement): Promise<TicketForm> => {
  const element = canvas.querySelector<TicketForm>('crm-ticket-form')!;
  await shown(element, 'form');
  return element;
};

const typeSubject = (element: TicketForm, text: string): void => {
  const input = element.shadowRoot!.querySelector<HTMLInputElement>('#field-subject')!;
  input.value = text;
  input.dispatchEvent(new InputEvent('input'));
  input.dispatchEvent(new FocusEvent('blur'));
};

export const Empty: Story = { render: (args) => form(args) };

export const Italian: Story = { args: { locale: 'it' }, render: (args) => form(args) };

export const AllFields: Story = {
  args: { fields: 'subject,type,category,priority,product,serial,customerDueDate,description' },
  render: (args) => form(args),
};

export const Compact: Story = { args: { density: 'compact' }, render: (args) => form(args) };

export const Readonly: Story = { args: { readonly: true }, render: (args) => form(args) };

export const Problems: Story = {
  render: (args) => form(args),
  play: async ({ canvasElement }) => (await elementOf(canvasElement)).submit(),
};

export const WithFiles: Story = {
  render: (args) => form(args),
  play: async ({ canvasElement }) => {
    const element = await elementOf(canvasElement);
    const data = new DataTransfer();
    for (const name of ['photo.png', 'slow-video.mp4', 'bad-scan.pdf']) data.items.add(new File(['bytes'], name));
    const input = element.shadowRoot!.querySelector<HTMLInputElement>('input[type=file]')!;
    input.files = data.files;
    input.dispatchEvent(new Event('change'));
    data.items.clear();
  },
};

export const Waiting: Story = {
  render: (args) => {
    const store = newStore();
    store.fail(new CrmError('network', 'gone'));
    return form(args, store);
  },
  play: async ({ canvasElement }) => {
    const element = await elementOf(canvasElement);
    typeSubject(element, 'Sent from a tunnel');
    await element.submit();
  },
};

export const Refused: Story = {
  render: (args) => {
    const store = newStore();
    store.fail(new CrmError('forbidden', 'no'));
    return form(args, store);
  },
  play: async ({ canvasElement }) => {
    const element = await elementOf(canvasElement);
    typeSubject(element, 'Not for me');
    await element.submit();
  },
};

export const Sent: Story = {
  render: (args) => form(args),
  play: async ({ canvasElement }) => {
    const element = await elementOf(canvasElement);
    typeSubject(element, 'The pump is broken');
    await element.submit();
  },
};

export const WithoutInstance: Story = {
  render: ({ locale }) => stage({}, html`<crm-ticket-form lang=${locale} draft-key="off"></crm-ticket-form>`),
};
