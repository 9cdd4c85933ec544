import { CrmError } from '@tessera-crm/model/errors.js';
import type { Refused } from '@tessera-crm/model/outgoing.js';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing, type TemplateResult } from 'lit';
import { testInstance } from '../test-support/instance.ts';
import { dealStore, registry, sampleDeal, sampleId, stageId } from '../test-support/sample-deals.ts';
import { switchStore } from '../test-support/switch-store.ts';
import { withOutgoing } from '../test-support/with-outgoing.ts';
import { PipelineBoard } from './pipeline-board.ts';

PipelineBoard.define();

interface Args {
  readonly deals: number;
  readonly locale: 'en' | 'it';
  readonly density: 'compact' | 'usual' | 'comfortable';
  readonly readonly: boolean;
  readonly width: string;
  readonly direction: 'ltr' | 'rtl';
  readonly scheme: 'light' | 'dark';
  /** Why nothing can be read; `wait` for answers that do not come. */
  readonly trouble: CrmError['code'] | 'wait' | 'none';
  /** Beside the sample's own deals. */
  readonly more: ReturnType<typeof sampleDeal>[];
  /** Changes of the first deals wait on this device, and two came back. */
  readonly isOutgoing: boolean;
}

const sheet = new CSSStyleSheet();
sheet.replaceSync('.phone { inline-size: 320px } .dark { padding: 16px; color-scheme: dark; background: #17181c }');

const refusedChange = (n: number, values: Readonly<Record<string, unknown>>): Refused => ({
  n,
  at: '2026-06-15T10:00:00.000Z',
  changes: [{ op: 'update', module: 'deals', id: sampleId(5, n), values }],
  error: {
    code: 'conflict',
    message: 'Somebody else changed the same fields.',
    facts: { issues: Object.keys(values).map((field) => ({ path: `/${field}`, code: 'conflict' })) },
  },
});

const outgoing = {
  waiting: [1, 2, 3].map((number) => sampleId(5, number)),
  refused: [refusedChange(4, { amount: null, nextStep: 'Call' }), refusedChange(5, { nextStep: 'Write' })],
};

const render = ({ deals, locale, density, trouble, more, width, direction, scheme, ...args }: Args): TemplateResult => {
  const inner = dealStore(deals);
  inner.memory.fill('deals', more);
  const store = switchStore(inner);
  if (trouble === 'wait') store.wait(new Promise(() => {}));
  else if (trouble !== 'none') store.fail(new CrmError(trouble, 'As the story wants it.'));
  testInstance({
    store: args.isOutgoing ? withOutgoing(store, outgoing) : store,
    registry,
    locale,
    links: ({ id }) => `#${id}`,
  });
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  return html`<div class="${width} ${scheme}" lang=${locale} dir=${direction}>
    <crm-pipeline-board
      density=${density === 'usual' ? nothing : density}
      ?readonly=${args.readonly}
    ></crm-pipeline-board>
  </div>`;
};

const meta: Meta<Args> = {
  title: 'Sales/Pipeline board',
  component: 'crm-pipeline-board',
  render,
  args: {
    deals: 60,
    locale: 'en',
    density: 'usual',
    readonly: false,
    width: 'wide',
    direction: 'ltr',
    scheme: 'light',
    trouble: 'none',
    more: [],
    isOutgoing: false,
  },
  argTypes: {
    density: { control: 'inline-radio', options: ['compact', 'usual', 'comfortable'] },
    locale: { control: 'inline-radio', options: ['en', 'it'] },
    trouble: { control: 'select', options: ['none', 'wait', 'internal', 'network', 'forbidden'] },
  },
};

export default meta;

type Story = StoryObj<Args>;

export const Ready: Story = {};

export const Italian: Story = { args: { locale: 'it' } };

export const Dark: Story = { args: { scheme: 'dark' } };

export const Compact: Story = { args: { density: 'compact' } };

export const Comfortable: Story = { args: { density: 'comfortable' } };

export const ForReading: Story = { args: { readonly: true } };

export const Phone: Story = { args: { width: 'phone' } };

export const RightToLeft: Story = { args: { direction: 'rtl' } };

/** Ten thousand deals: about sixty cards are in the document. */
export const ManyDeals: Story = { args: { deals: 10_000 } };

/** Deals that have no amount, no place in the pipeline, or names nobody expects. */
export const OddDeals: Story = {
  args: {
    deals: 10,
    more: [
      sampleDeal(901, { name: 'A stage that is gone', stage: sampleId(2, 77) }),
      sampleDeal(902, {
        name: 'An amount in dollars',
        stage: stageId('New'),
        amount: { amount: '5000.00', currency: 'USD' },
      }),
      sampleDeal(903, { name: 'No amount, no next step', stage: stageId('New'), amount: null, nextStep: null }),
      sampleDeal(904, { name: `A name that goes on ${'and on '.repeat(20)}`, stage: stageId('Needs') }),
      sampleDeal(905, { name: '<b>Bold</b> \u202egnihtemos', stage: stageId('Needs') }),
    ],
  },
};

export const Loading: Story = { args: { trouble: 'wait' } };

export const Empty: Story = { args: { deals: 0 } };

export const Failed: Story = { args: { trouble: 'internal' } };

export const Unreachable: Story = { args: { trouble: 'network' } };

export const Forbidden: Story = { args: { trouble: 'forbidden' } };

/** Three deals wait to be sent, and of two somebody else changed the same. */
export const Outgoing: Story = { args: { isOutgoing: true } };

export const OutgoingOnAPhone: Story = { args: { isOutgoing: true, width: 'phone', scheme: 'dark', locale: 'it' } };
