import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { testInstance } from '../test-support/instance.ts';
import { dealStore } from '../test-support/sample-deals.ts';
import { refusalSamples, waitingSample } from '../test-support/sample-refusals.ts';
import { shown } from '../test-support/shown.ts';
import { withOutgoing, type OutgoingOptions } from '../test-support/with-outgoing.ts';
import { SignOutDialog } from './sign-out-dialog.ts';

SignOutDialog.define('story-sign-out');

interface Args {
  readonly locale: string;
  readonly outgoing: OutgoingOptions;
  readonly mayKeep: boolean;
  readonly isEncrypted: boolean;
}

const ask = ({ outgoing, mayKeep, isEncrypted }: Args, dialog: SignOutDialog): void => {
  const crm = testInstance({ store: dealStore(1), prefix: 'story' });
  const sources = [{ name: 'main', outgoing: withOutgoing(dealStore(1), outgoing).outgoing! }];
  void dialog.ask({ crm, sources, mayKeep, isEncrypted });
};

const meta: Meta<Args> = {
  title: 'Frame/Sign-out',
  args: {
    locale: 'en',
    outgoing: { entries: waitingSample(), refused: refusalSamples.slice(0, 1), state: { online: false } },
    mayKeep: true,
    isEncrypted: false,
  },
  argTypes: {
    locale: { control: 'inline-radio', options: ['en', 'it'] },
    outgoing: { control: false },
  },
  render: (args): TemplateResult =>
    html`<div lang=${args.locale}>
      <story-sign-out ${ref((element) => element && ask(args, element as SignOutDialog))}></story-sign-out>
    </div>`,
};

export default meta;

type Story = StoryObj<Args>;

const choose =
  (option: string): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const element = canvasElement.querySelector('story-sign-out')!;
    (await shown(element, `[data-option=${option}]`)).click();
    await shown(element, '[data-option=back]');
  };

export const Unsent: Story = {};

export const Encrypted: Story = { args: { isEncrypted: true } };

export const RefusedOnly: Story = { args: { outgoing: { refused: refusalSamples.slice(0, 2) } } };

export const InMemory: Story = { args: { mayKeep: false } };

export const Delete: Story = { play: choose('delete') };

export const Saved: Story = { play: choose('save') };

export const EverythingSent: Story = { args: { outgoing: {} } };

export const Italian: Story = { args: { locale: 'it' } };
