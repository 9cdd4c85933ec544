import type { OutgoingState } from '@tessera-crm/model/outgoing.js';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { dealStore, registry } from '../test-support/sample-deals.ts';
import { refusalSamples, waitingSample } from '../test-support/sample-refusals.ts';
import { shown } from '../test-support/shown.ts';
import { stage } from '../test-support/stage.ts';
import { withOutgoing, type OutgoingOptions } from '../test-support/with-outgoing.ts';
import { SyncStatus } from './sync-status.ts';

SyncStatus.define();

interface Args {
  readonly locale: string;
  readonly quiet: boolean;
  readonly density: 'compact' | 'comfortable' | undefined;
  /** Null where nothing ever waits. */
  readonly outgoing: OutgoingOptions | null;
}

const meta: Meta<Args> = {
  component: 'crm-sync-status',
  title: 'Frame/Sync status',
  args: { locale: 'en', quiet: false, density: undefined, outgoing: {} },
  argTypes: {
    locale: { control: 'inline-radio', options: ['en', 'it'] },
    density: { control: 'inline-radio', options: ['compact', undefined, 'comfortable'] },
    outgoing: { control: false },
  },
  render: ({ locale, quiet, density, outgoing }) => {
    const store = dealStore(9);
    return stage(
      { store: outgoing ? withOutgoing(store, outgoing) : store, registry },
      html`<crm-sync-status lang=${locale} ?quiet=${quiet} .density=${density}></crm-sync-status>`,
    );
  },
};

export default meta;

type Story = StoryObj<Args>;

const offline: Partial<OutgoingState> = { online: false };

const waiting: OutgoingOptions = { state: offline, entries: waitingSample(), isHealed: true };

const openList: NonNullable<Story['play']> = async ({ canvasElement }) => {
  const element = canvasElement.querySelector('crm-sync-status')!;
  (await shown(element, '[part=toggle]')).click();
  await shown(element, '.waiting');
};

export const Saved: Story = {};

export const Quiet: Story = { args: { quiet: true } };

export const NothingEverWaits: Story = { args: { outgoing: null } };

export const Saving: Story = { args: { outgoing: { entries: waitingSample(0).slice(0, 1) } } };

export const SavingForLong: Story = { args: { outgoing: { entries: waitingSample() } } };

export const Offline: Story = { args: { outgoing: { state: offline } } };

export const OfflineWithChanges: Story = { args: { outgoing: waiting } };

export const WhatWaits: Story = { args: { outgoing: waiting }, play: openList };

export const WaitingForDays: Story = {
  args: { outgoing: { state: offline, entries: waitingSample(4 * 24 * 60) } },
};

export const Refused: Story = { args: { outgoing: { refused: refusalSamples.slice(0, 2) } } };

export const Everything: Story = {
  args: {
    outgoing: {
      ...waiting,
      refused: refusalSamples,
      state: { online: false, storage: 'memory', trouble: { code: 'quota-exceeded', message: 'Full.' } },
    },
  },
};

export const InMemory: Story = { args: { outgoing: { entries: waitingSample(), state: { storage: 'memory' } } } };

export const StorageRefused: Story = {
  args: { outgoing: { state: { storage: 'memory', trouble: { code: 'storage-unavailable', message: 'No.' } } } },
};

export const NotSafelyStored: Story = {
  args: {
    outgoing: {
      entries: waitingSample(),
      state: { online: false, storage: 'localstorage', trouble: { code: 'quota-exceeded', message: 'Full.' } },
    },
  },
};

export const Italian: Story = {
  args: { locale: 'it', outgoing: { ...waiting, refused: refusalSamples } },
  play: openList,
};

export const Compact: Story = { args: { density: 'compact', outgoing: waiting } };
