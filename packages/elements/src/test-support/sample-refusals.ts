import type { Change } from '@tessera-crm/model/change.js';
import type { ErrorCode, ErrorFacts } from '@tessera-crm/model/errors.js';
import type { Refused, WaitingChanges } from '@tessera-crm/model/outgoing.js';
import { sampleId, stageId } from './sample-deals.ts';

const chiller = sampleId(5, 1);

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

const edit = (values: Readonly<Record<string, unknown>>, id = chiller): Change => ({
  op: 'update',
  module: 'deals',
  id,
  values,
  base: 1,
});

const euros = (amount: string) => ({ amount, currency: 'EUR' });

/** Changes of deals, one of them just made. */
export const waitingSample = (oldest = 18): readonly WaitingChanges[] => [
  { n: 1, at: minutesAgo(oldest), changes: [edit({ amount: euros('12500.00'), nextStep: 'Call the buyer' })] },
  { n: 2, at: minutesAgo(4), changes: [edit({ stage: stageId('Offer') }, sampleId(5, 2))] },
  {
    n: 3,
    at: minutesAgo(1),
    changes: [
      { op: 'create', module: 'tasks', id: sampleId(7, 1), values: { subject: 'Send the drawings' } },
      { op: 'delete', module: 'deals', id: sampleId(5, 3) },
    ],
  },
];

interface Refusal {
  readonly code: ErrorCode;
  readonly facts?: ErrorFacts;
  readonly changes: readonly Change[];
}

const refusal = (n: number, { code, facts = {}, changes }: Refusal): Refused => ({
  n,
  at: minutesAgo(60 - n),
  changes,
  error: { code, message: 'No.', facts },
});

/** Two people changed two fields of one deal; a third field is no matter. */
export const conflictSample = refusal(11, {
  code: 'conflict',
  facts: {
    version: 7,
    issues: [{ path: '/amount', code: 'conflict' }],
    conflicts: [
      {
        field: 'amount',
        base: euros('9000.00'),
        mine: euros('12500.00'),
        theirs: euros('11800.00'),
        by: `users:${sampleId(4, 1)}`,
        at: minutesAgo(47),
      },
      { field: 'expectedCloseDate', base: null, mine: '2026-09-30', theirs: '2026-10-15' },
    ],
  },
  changes: [
    edit({ amount: euros('12500.00'), expectedCloseDate: '2026-09-30', nextStep: 'Send the revised offer on Monday' }),
  ],
});

export const ruleSample = refusal(12, {
  code: 'validation',
  facts: { issues: [{ path: '/name', code: 'too-long', params: { max: 120 } }] },
  changes: [
    {
      op: 'create',
      module: 'deals',
      id: sampleId(5, 71),
      values: {
        name: 'Cooling plant for the new hall',
        account: sampleId(3, 2),
        amount: euros('48000.00'),
        stage: stageId('New'),
        description: 'Two units on the roof.\nThe crane is there in May.',
      },
    },
  ],
});

export const dependentSample = refusal(13, {
  code: 'not-found',
  facts: { because: 12 },
  changes: [
    {
      op: 'create',
      module: 'tasks',
      id: sampleId(7, 2),
      values: { subject: 'Ask for the crane', priority: 'high' },
    },
  ],
});

export const deletedSample = refusal(14, {
  code: 'not-found',
  facts: { reason: 'deleted', version: 5 },
  changes: [edit({ name: 'Spare parts 2027', nextStep: 'Wait for the tender' }, sampleId(5, 999))],
});

export const deleteSample = refusal(15, {
  code: 'version-conflict',
  facts: { version: 4 },
  changes: [{ op: 'delete', module: 'deals', id: sampleId(5, 2), base: 1 }],
});

export const refusalSamples = [conflictSample, ruleSample, dependentSample, deletedSample, deleteSample];
