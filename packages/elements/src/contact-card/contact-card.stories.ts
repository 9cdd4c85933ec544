import { CrmError } from '@tessera-crm/model/errors.js';
import type { RecordOf } from '@tessera-crm/model/records.js';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { Provider } from '../provider/provider.ts';
import { testInstance } from '../test-support/instance.ts';
import { giulia, idOf, peopleStore, person } from '../test-support/people.ts';
import { switchStore } from '../test-support/switch-store.ts';
import { ContactCard } from './contact-card.ts';

Provider.define();
ContactCard.define();

interface Args {
  readonly record: string | RecordOf<'contacts'> | null;
  readonly lang: string;
  readonly density?: 'compact' | 'comfortable';
  readonly width: number;
  readonly theme: 'light' | 'dark';
  readonly dir: 'ltr' | 'rtl';
  /** The network goes before or after the first answer. */
  readonly failure?: { readonly code: CrmError['code']; readonly after: boolean };
  readonly isWaiting?: boolean;
}

const links = ({ module, id }: { readonly module: string; readonly id: string }): string => `#/${module}/${id}`;

const instanceFor = ({ failure, isWaiting }: Args) => {
  const store = switchStore(peopleStore());
  if (isWaiting) store.wait(new Promise(() => {}));
  const error = failure && new CrmError(failure.code, 'For show.', { requestId: 'req_8f3a' });
  if (error && !failure.after) store.fail(error);
  if (error && failure.after) setTimeout(() => store.fail(error), 300);
  return testInstance({ store, links });
};

const meta: Meta<Args> = {
  title: 'People/Contact card',
  component: 'crm-contact-card',
  args: { record: giulia.id, lang: 'en', width: 360, theme: 'light', dir: 'ltr' },
  argTypes: {
    density: { control: 'select', options: [undefined, 'compact', 'comfortable'] },
    lang: { control: 'select', options: ['en', 'it'] },
    theme: { control: 'select', options: ['light', 'dark'] },
    width: { control: { type: 'range', min: 220, max: 700 } },
  },
  render: (args) => {
    const frame = document.createElement('div');
    frame.style.cssText = `padding: 24px; font-family: system-ui, sans-serif; color-scheme: ${args.theme};
      background: light-dark(#f6f7f9, #0d0e11); max-inline-size: ${args.width}px`;
    return html`${withContent(frame, args)}`;
  },
};

const withContent = (frame: HTMLElement, args: Args): HTMLElement => {
  const provider = document.createElement('crm-provider') as Provider;
  Object.assign(provider, { crm: instanceFor(args) });
  const card = document.createElement('crm-contact-card') as ContactCard;
  Object.assign(card, { record: args.record, lang: args.lang, dir: args.dir });
  if (args.density) card.density = args.density;
  provider.append(card);
  frame.append(provider);
  return frame;
};

export default meta;

type Story = StoryObj<Args>;

export const Complete: Story = {};

export const Italian: Story = { args: { lang: 'it' } };

export const Dark: Story = { args: { theme: 'dark' } };

export const Compact: Story = { args: { density: 'compact' } };

export const Comfortable: Story = { args: { density: 'comfortable' } };

export const Narrow: Story = { args: { width: 280 } };

export const RightToLeft: Story = { args: { dir: 'rtl' } };

export const NotToBeCalled: Story = {
  args: { record: person(1, { doNotCall: true, emailOptOut: true, sentiment: 'very_negative' }) },
};

export const HardlyAnything: Story = {
  args: {
    record: person(1, {
      primaryAccount: null,
      jobTitle: null,
      phones: null,
      emails: null,
      mailingAddress: null,
      lifecycle: null,
      sentiment: null,
    }),
  },
};

export const HostileValues: Story = {
  args: {
    record: person(1, {
      name: {
        salutation: null,
        first: '<img src=x onerror=alert(1)>',
        middle: null,
        last: '\u202egnp.exe',
        suffix: null,
      },
      jobTitle: 'javascript:alert(1)',
      emails: [{ value: 'javascript:alert(1)', label: '<b>', primary: true, invalid: false, optOut: false }],
    }),
  },
};

export const Loading: Story = { args: { isWaiting: true } };

export const Empty: Story = { args: { record: idOf(999) } };

export const Failed: Story = { args: { failure: { code: 'unavailable', after: false } } };

export const Offline: Story = { args: { failure: { code: 'network', after: true } } };

export const Forbidden: Story = { args: { failure: { code: 'forbidden', after: false } } };
