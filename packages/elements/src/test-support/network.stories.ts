import { CrmError } from '@tessera-crm/model/errors.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Store } from '@tessera-crm/model/store.js';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { ContactCard } from '../contact-card/contact-card.ts';
import { PipelineBoard } from '../pipeline-board/pipeline-board.ts';
import { RecordList } from '../record-list/record-list.ts';
import { TicketForm } from '../ticket-form/ticket-form.ts';
import { giulia, peopleStore, registry } from './people.ts';
import { accountStore } from './sample-accounts.ts';
import { dealStore, registry as dealRegistry } from './sample-deals.ts';
import { stage } from './stage.ts';
import { switchStore, type SwitchStore } from './switch-store.ts';

for (const Element of [ContactCard, PipelineBoard, RecordList, TicketForm]) Element.define();

interface Args {
  /** What the network does to all stores of the page. */
  readonly network: (store: SwitchStore) => void;
}

/** A page with one of each, as it looks while the network is in one state. */
const meta: Meta<Args> = {
  title: 'Network',
  argTypes: { network: { control: false } },
  render: ({ network }) => {
    const within = (store: Store, modules: Registry, element: TemplateResult): TemplateResult => {
      const switched = switchStore(store);
      network(switched);
      return stage({ store: switched, registry: modules, links: ({ id }) => `#${id}` }, element);
    };
    const card = html`<crm-contact-card record=${giulia.id}></crm-contact-card>`;
    const form = html`<crm-ticket-form draft-key="off" fields="subject,priority,description"></crm-ticket-form>`;
    const list = html`<crm-record-list module="accounts" columns="name,lifecycle,owner" limit="5"></crm-record-list>`;
    return html`${within(dealStore(40), dealRegistry, html`<crm-pipeline-board></crm-pipeline-board>`)}
    ${within(peopleStore(), registry, card)} ${within(accountStore(12), registry, list)}
    ${within(dealStore(0), dealRegistry, form)}`;
  },
};

export default meta;

type Story = StoryObj<Args>;

const failing =
  (code: CrmError['code']): Args['network'] =>
  (store) =>
    store.fail(new CrmError(code, 'As the story wants it.', { requestId: 'req_8f3a' }));

export const Online: Story = { args: { network: () => {} } };

/** Answers take four seconds. */
export const Slow: Story = {
  args: { network: (store) => store.wait(new Promise((resolve) => setTimeout(resolve, 4000))) },
};

/** The network goes when everything has been read. */
export const Offline: Story = {
  args: { network: (store) => void setTimeout(() => failing('network')(store), 1500) },
};

/** Nothing was read before the network went. */
export const OfflineFromTheStart: Story = { args: { network: failing('network') } };

export const ServerInTrouble: Story = { args: { network: failing('unavailable') } };

export const Forbidden: Story = { args: { network: failing('forbidden') } };

/** The page has no token, or none that the server takes. */
export const ExpiredToken: Story = { args: { network: failing('token-rejected') } };
