import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { Desk } from '../test-support/desk.ts';
import { registry } from '../test-support/people.ts';
import { accountStore } from '../test-support/sample-accounts.ts';
import { stage } from '../test-support/stage.ts';

Desk.define();

interface Args {
  readonly locale: string;
  readonly readonly: boolean;
  readonly density: 'compact' | 'comfortable' | undefined;
}

const meta: Meta<Args> = {
  title: 'Foundations/Controls',
  args: { locale: 'en', readonly: false, density: undefined },
  argTypes: {
    locale: { control: 'inline-radio', options: ['en', 'it'] },
    density: { control: 'inline-radio', options: ['compact', undefined, 'comfortable'] },
  },
};

export default meta;

type Story = StoryObj<Args>;

const start = {
  name: 'Ada',
  weight: '12.500',
  price: { amount: '1250.50', currency: 'EUR' },
  day: '2026-06-15',
  hour: '09:30:00',
  meeting: '2026-06-15T08:00:00.000Z',
  labels: ['vip', 'fiera 2026'],
  stars: 3,
  phones: [
    { value: '+393331234567', label: 'mobile', primary: true, doNotCall: false, extension: null, country: 'IT' },
  ],
  rows: [
    { id: '0190aaaa-0000-7000-8000-000000000001', description: 'Licence', quantity: '2.0000', unitPrice: '99.5000' },
  ],
  colour: '#4353d6',
};

const desk = ({ locale, readonly, density }: Args, values: object = start) =>
  stage(
    { store: accountStore(20), registry },
    html`<crm-desk lang=${locale} ?readonly=${readonly} .density=${density} .start=${values}></crm-desk>`,
  );

export const Filled: Story = { render: (args) => desk(args) };

export const Empty: Story = { render: (args) => desk(args, {}) };

export const Italian: Story = { args: { locale: 'it' }, render: (args) => desk(args) };

export const Compact: Story = { args: { density: 'compact' }, render: (args) => desk(args) };

export const Readonly: Story = { args: { readonly: true }, render: (args) => desk(args) };

export const Problems: Story = {
  render: (args) => desk(args, {}),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector<Desk>('crm-desk')!;
    await element.updateComplete;
    element.draft.edit('/weight', { text: 'heavy', code: 'number' });
    element.draft.edit('/contact', { text: 'nobody', code: 'email' });
    element.draft.validate();
  },
};
