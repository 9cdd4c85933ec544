import type { Refused } from '@tessera-crm/model/outgoing.js';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { dealStore, registry } from '../test-support/sample-deals.ts';
import {
  conflictSample,
  deletedSample,
  deleteSample,
  dependentSample,
  refusalSamples,
  ruleSample,
} from '../test-support/sample-refusals.ts';
import { shown } from '../test-support/shown.ts';
import { stage } from '../test-support/stage.ts';
import { withOutgoing } from '../test-support/with-outgoing.ts';
import { Conflicts } from './conflicts.ts';

Conflicts.define();

interface Args {
  readonly locale: string;
  readonly density: 'compact' | 'comfortable' | undefined;
  /** Null where changes go to the server at once. */
  readonly refused: readonly Refused[] | null;
}

const meta: Meta<Args> = {
  component: 'crm-conflicts',
  title: 'Frame/Conflicts',
  args: { locale: 'en', density: undefined, refused: refusalSamples },
  argTypes: {
    locale: { control: 'inline-radio', options: ['en', 'it'] },
    density: { control: 'inline-radio', options: ['compact', undefined, 'comfortable'] },
    refused: { control: false },
  },
  render: ({ locale, density, refused }) => {
    const store = dealStore(9);
    return stage(
      { store: refused ? withOutgoing(store, { refused }) : store, registry, links: ({ id }) => `#${id}` },
      html`<crm-conflicts lang=${locale} heading-level="2" .density=${density}></crm-conflicts>`,
    );
  },
};

export default meta;

type Story = StoryObj<Args>;

export const Inbox: Story = {};

export const Italian: Story = { args: { locale: 'it' } };

export const Compact: Story = { args: { density: 'compact' } };

export const TwoPeople: Story = { args: { refused: [conflictSample] } };

export const ToBeChosen: Story = {
  args: { refused: [conflictSample] },
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('crm-conflicts')!;
    (await shown<HTMLInputElement>(element, 'input[value=theirs]')).click();
    (await shown(element, '[part=apply]')).click();
    await shown(element, '.field-error');
  },
};

export const NotAllowed: Story = { args: { refused: [ruleSample] } };

export const NeedsAnother: Story = { args: { refused: [ruleSample, dependentSample] } };

export const DeletedMeanwhile: Story = { args: { refused: [deletedSample] } };

export const DeletionOfWhatChanged: Story = { args: { refused: [deleteSample] } };

export const Together: Story = {
  args: { refused: [{ ...ruleSample, changes: [...ruleSample.changes, ...dependentSample.changes] }] },
};

export const Discarding: Story = {
  args: { refused: [ruleSample] },
  play: async ({ canvasElement }) => {
    const element = canvasElement.querySelector('crm-conflicts')!;
    (await shown(element, '[part=discard]')).click();
    await shown(element, '.question');
  },
};

export const Empty: Story = { args: { refused: [] } };

export const NothingIsKept: Story = { args: { refused: null } };
