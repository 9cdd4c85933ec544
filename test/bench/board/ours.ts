// Our board over a store that holds everything in memory and answers without a network.
import { PipelineBoard } from '@tessera-crm/elements/pipeline-board/pipeline-board.js';
import { setDefaultInstance } from '@tessera-crm/elements/frame/instance.js';
import type { Store } from '@tessera-crm/model/store.js';
import { accountName, cards, stageNames, type Card } from './cards.ts';
import { offer } from './page.ts';

const id = (kind: number, number: number): string =>
  `00000000-000${kind}-7000-8000-${String(number).padStart(12, '0')}`;

const owner = { type: 'user', id: id(4, 1) };

type Row = Record<string, unknown> & { readonly id: string };

const deal = ({ number, stage, account, amount, date, ...card }: Card): Row => ({
  ...card,
  id: id(5, number),
  version: 1,
  pipeline: id(1, 1),
  stage: id(2, stage),
  account: id(3, account),
  amount: { amount, currency: 'EUR' },
  weightedAmount: { amount, currency: 'EUR' },
  expectedCloseDate: date,
  outcome: 'open',
  owner,
  createdAt: '2026-11-01T10:00:00.000Z',
  stageEnteredAt: '2026-11-01T10:00:00.000Z',
  lastActivityAt: '2026-11-20T10:00:00.000Z',
});

const accounts = Object.fromEntries(
  Array.from({ length: 30 }, (_, index) => [id(3, index), { id: id(3, index), name: accountName(index) }]),
);

const byStage = new Map<string, readonly Row[]>();
const told = new Map<string, () => void>();

/** Moves a deal as a store with an index would: two lists change, the others stay as they are. */
const move = (dealId: string, values: Record<string, unknown>): Row | undefined => {
  const from = [...byStage.keys()].find((key) => byStage.get(key)!.some((one) => one.id === dealId))!;
  const before = byStage.get(from)!;
  const after: Row = { ...before.find((one) => one.id === dealId)!, ...values, version: 2 };
  const to = String(after['stage']);
  byStage.set(
    from,
    before.filter((one) => one.id !== dealId),
  );
  const rest = byStage.get(to)!;
  // in the order that the board asks for, ties by id as stores break them
  const order = (one: Row): string => `${String(one['expectedCloseDate'])} ${one.id}`;
  const at = rest.findIndex((one) => order(one) > order(after));
  byStage.set(to, rest.toSpliced(at < 0 ? rest.length : at, 0, after));
  for (const key of [from, to]) told.get(key)?.();
  return after;
};

const records = (module: string, query: { readonly where?: Record<string, unknown> }): readonly Row[] => {
  if (module === 'pipelines')
    return [{ id: id(1, 1), version: 1, name: 'All', default: true, active: true, stallDays: 30 }];
  if (module === 'stages')
    return stageNames.map((name, order) => ({ id: id(2, order), version: 1, name, order, kind: 'open', maxDays: 90 }));
  if (module === 'users') return [{ id: id(4, 1), version: 1, name: { first: 'Giulia', last: 'Rossi' } }];
  const stage = query.where?.['stage'];
  return typeof stage === 'string' ? (byStage.get(stage) ?? []) : [];
};

/** As much of a store as a board asks for; every list is one page. */
const store = {
  list: async (module: string, query: object) => ({ records: records(module, query), next: null }),
  aggregate: async () => [],
  apply: async ([change]: readonly { id: string; values: Record<string, unknown> }[]) => [
    { ok: true, module: 'deals', id: change!.id, record: move(change!.id, change!.values) },
  ],
  watchList(
    module: string,
    query: { readonly where?: Record<string, unknown> },
    observer: { next(page: unknown): void },
  ) {
    const tell = (): void => observer.next({ records: records(module, query), next: null, included: { accounts } });
    queueMicrotask(tell);
    const key = String(query.where?.['stage']);
    if (module === 'deals') told.set(key, tell);
    return () => void told.delete(key);
  },
} as unknown as Store;

const backend = { store, modules: () => Promise.reject(new Error('no modules')), files: null };

PipelineBoard.define();
setDefaultInstance({
  prefix: 'crm',
  settings: { locale: 'en', timeZone: 'Europe/Rome', currency: 'EUR', links: ({ id: one }) => `#${one}` },
  backend: () => backend,
  subscribe: () => () => undefined,
  report: () => undefined,
});

const root = (): ShadowRoot | null | undefined => document.querySelector('crm-pipeline-board')?.shadowRoot;
const columns = (): readonly Element[] => [...(root()?.querySelectorAll('.column[data-key]') ?? [])];

offer({
  prepare(count) {
    const all = cards(count).map(deal);
    for (const index of stageNames.keys())
      byStage.set(
        id(2, index),
        all.filter(({ stage }) => stage === id(2, index)),
      );
  },
  mount(host) {
    const board = document.createElement('crm-pipeline-board');
    board.style.height = '860px';
    host.append(board);
  },
  isThere: () => Boolean(root()?.querySelector('.card')),
  columns,
  cards: (column) => [...column.querySelectorAll('.card')],
  counts: () => columns().map((column) => Number(column.querySelector('.count')?.textContent?.replaceAll(/\D/g, ''))),
});
