import { CrmError } from '@tessera-crm/model/errors.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { registry } from '../test-support/people.ts';
import { accountStore } from '../test-support/sample-accounts.ts';
import { shown } from '../test-support/shown.ts';
import { stage } from '../test-support/stage.ts';
import { switchStore } from '../test-support/switch-store.ts';
import { RecordList } from './record-list.ts';

RecordList.define();

interface Args {
  readonly locale: string;
  readonly columns: string;
  readonly search: boolean;
  readonly density: 'compact' | 'comfortable' | undefined;
  readonly count: number;
}

const meta: Meta<Args> = {
  component: 'crm-record-list',
  title: 'Any module/Record list',
  args: {
    locale: 'en',
    columns: 'name,lifecycle,parent,revenueTotal,emails,tags,owner,updatedAt',
    search: true,
    density: undefined,
    count: 24,
  },
  argTypes: {
    locale: { control: 'inline-radio', options: ['en', 'it'] },
    density: { control: 'inline-radio', options: ['compact', undefined, 'comfortable'] },
  },
};

export default meta;

type Story = StoryObj<Args>;

const list = ({ locale, columns, search, density, count }: Args, store: Store = accountStore(count)) =>
  stage(
    { store, registry },
    html`<crm-record-list
      lang=${locale}
      module="accounts"
      columns=${columns}
      limit="12"
      ?search=${search}
      .density=${density}
      .query=${{ sort: ['name'] }}
    ></crm-record-list>`,
  );

const failing = (error: CrmError): Store => {
  const store = switchStore(accountStore(0));
  store.fail(error);
  return store;
};

export const Rows: Story = { render: (args) => list(args) };

export const Italian: Story = { args: { locale: 'it' }, render: (args) => list(args) };

export const Compact: Story = { args: { density: 'compact' }, render: (args) => list(args) };

export const Comfortable: Story = { args: { density: 'comfortable' }, render: (args) => list(args) };

export const ModuleColumns: Story = {
  render: ({ locale, count }) =>
    stage(
      { store: accountStore(count), registry },
      html`<crm-record-list lang=${locale} module="accounts"></crm-record-list>`,
    ),
};

export const Long: Story = { args: { count: 2000 }, render: (args) => list(args) };

export const NothingFound: Story = {
  render: (args) => list(args),
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector<RecordList>('crm-record-list')!;
    const input = await shown<HTMLInputElement>(element, 'input');
    input.value = 'no such company';
    input.dispatchEvent(new InputEvent('input'));
  },
};

export const Empty: Story = { args: { count: 0 }, render: (args) => list(args) };

export const Loading: Story = {
  render: (args) => {
    const store = switchStore(accountStore(0));
    store.wait(new Promise(() => {}));
    return list(args, store);
  },
};

export const Failed: Story = {
  render: (args) => list(args, failing(new CrmError('internal', 'no', { requestId: 'req_01HV' }))),
};

export const Forbidden: Story = { render: (args) => list(args, failing(new CrmError('forbidden', 'no'))) };

export const Offline: Story = {
  render: (args) => {
    const store = switchStore(accountStore(args.count));
    setTimeout(() => store.fail(new CrmError('network', 'gone')), 500);
    return list(args, store);
  },
};

export const Narrow: Story = {
  render: (args) => html`<div class="narrow">${list(args)}</div>`,
  play: ({ canvasElement }) => {
    canvasElement.querySelector<HTMLElement>('.narrow')!.style.maxInlineSize = '320px';
  },
};
