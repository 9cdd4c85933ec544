import type { Change } from '../change.ts';
import { isCrmError, type CrmError, type ErrorCode } from '../errors.ts';
import { uuid7 } from '../id.ts';
import type { AnyRecord } from '../module.ts';
import { seededRandom } from '../random.ts';
import type { IdOf, RecordOf } from '../records.ts';
import type { Store } from '../store.ts';
import { isTrue } from './expect.ts';

/** One behaviour: fails by throwing. */
export type StoreRule = (store: Store) => Promise<void>;

const random = seededRandom(20_260_615);

export const id = <K extends string>(_module: K): IdOf<K> =>
  uuid7(
    Date.UTC(2026, 5, 15),
    Uint8Array.from({ length: 10 }, () => random.integer(0, 255)),
  ) as IdOf<K>;

export const refusal = async (work: Promise<unknown>, code: ErrorCode): Promise<CrmError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  isTrue(isCrmError(error, code), `expected ${code}, got ${String(error)}`);
  return error as CrmError;
};

export const added = async <K extends string>(
  store: Store,
  module: K,
  values: Readonly<Record<string, unknown>>,
): Promise<RecordOf<K>> => {
  const [applied] = await store.apply([{ op: 'create', module, id: id(module), values }]);
  isTrue(applied?.ok === true && applied.record !== null, `creating in ${module} gives the record`);
  return (applied as unknown as { record: RecordOf<K> }).record;
};

export const names = (page: { readonly records: readonly unknown[] }): string =>
  page.records.map((record) => String((record as AnyRecord)['name'])).join();

export const fiveAccounts = async (store: Store): Promise<void> => {
  const rows = [
    { name: 'Città Verde', industry: 'food', employees: 12 },
    { name: 'acme', industry: 'it', employees: 500 },
    { name: 'Zeta', industry: 'it' },
    { name: 'Árbol', industry: 'food', employees: 3 },
    { name: 'Beta', industry: 'legal', employees: 12 },
  ] as const;
  await store.apply(rows.map((values): Change => ({ op: 'create', module: 'accounts', id: id('accounts'), values })));
};
