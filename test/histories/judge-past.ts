import { same } from '@tessera-crm/model/rules/conflicts.js';
import type { ChangeEvent } from '@tessera-crm/model/protocol/events.js';
import { marksIn, type Deed, type Mark } from './ledger.ts';
import type { Past, Step } from './past.ts';

/** Something that should not be, and words by which to find how it came about. */
export interface Fault {
  readonly what: string;
  readonly words: readonly string[];
}

/** What is known of the devices in the end. */
export interface Kept {
  /** By device the newest mark of each entry that was refused, which is its own, and what it was to delete. */
  readonly refused: ReadonlyMap<string, ReadonlySet<string>>;
  /** With which codes that was. */
  readonly refusals: readonly { readonly device: string; readonly code: string; readonly words: readonly string[] }[];
  /** By device the name of its client, and the last number that it gave. */
  readonly counts: ReadonlyMap<string, { readonly client: string; readonly last: number }>;
}

export interface Evidence extends Kept {
  readonly past: Past;
  readonly deeds: readonly Deed[];
}

/** What the server's books say against what people were told. */
export const judgePast = (evidence: Evidence): readonly Fault[] => [
  ...evidence.deeds.flatMap((deed) => judgeDeed(deed, evidence)),
  ...judgeRefusals(evidence),
  ...judgeOrder(evidence),
  ...judgeCounts(evidence),
  ...judgeSets(evidence),
  ...judgeSeen(evidence),
  ...judgeChains(evidence.past),
];

const fault = (what: string, ...words: readonly string[]): Fault => ({ what, words });

/** Exactly once, or refused and kept; what nobody was told of may be either, but not twice. */
const judgeDeed = (deed: Deed, { past, refused }: Evidence): readonly Fault[] => {
  const names = [...deed.marks.map(({ text }) => text), ...deed.deleted];
  const isRefused = names.some((name) => refused.get(deed.device)?.has(name));
  const found = deed.marks.map((mark) => ({ mark, times: past.written(mark.text, mark.module, mark.field).length }));
  const deletions = deed.deleted.filter((id) => past.isDeleted(id)).length;
  const total = deed.marks.length + deed.deleted.length;
  const isDone = total > 0 && found.filter(({ times }) => times > 0).length + deletions === total;
  const tell = (what: string): Fault => fault(`deed ${deed.n} of ${deed.tab} ${what}`, `${deed.n}:`, ...names);
  const faults: Fault[] = [];
  for (const { mark, times } of found) if (times > 1) faults.push(tell(`wrote ${mark.text} ${times} times`));
  const isPartly = found.some(({ times }) => times > 0) && !isDone;
  if (isPartly) faults.push(tell('was carried out in part'));
  if (deed.fate === 'kept' && total > 0 && !isRefused && !isDone && !isPartly) faults.push(tell('is lost'));
  if (isRefused && found.some(({ times }) => times > 0)) faults.push(tell('was refused and carried out'));
  if (deed.fate === 'begun') faults.push(tell('never ended'));
  return faults;
};

/** What a rule says, or somebody else's change; never that something could not be done just then. */
const reasons: ReadonlySet<string> = new Set([
  'validation',
  'rule',
  'conflict',
  'version-conflict',
  'not-found',
  'forbidden',
]);

const judgeRefusals = ({ refusals }: Evidence): readonly Fault[] =>
  refusals.flatMap(({ device, code, words }) =>
    reasons.has(code) ? [] : [fault(`${device} was refused ${words.join()} as ${code}`, ...words)],
  );

const requestIn = ({ request_id: request }: Step): readonly [client: string, mid: number] | undefined => {
  const found = /^([0-9a-f]{32})\/(\d+)$/.exec(request ?? '');
  return found ? [found[1]!, Number(found[2])] : undefined;
};

/** What somebody did first came first; and each number of a client stands for one transaction. */
const judgeOrder = ({ past, deeds }: Evidence): readonly Fault[] => {
  const faults: Fault[] = [];
  for (const [tab, own] of Map.groupBy(deeds, (deed) => deed.tab)) {
    let [before, last] = [0, 0];
    for (const { n, fate, marks } of own) {
      const seq = marks.flatMap(({ text, module, field }) => past.written(text, module, field))[0]?.step.seq;
      if (seq === undefined || fate !== 'kept') continue;
      if (seq <= before) faults.push(fault(`${tab} did ${n} after ${last}, the server before it`, `${n}:`, `${last}:`));
      [before, last] = [seq, n];
    }
  }
  const known = new Map<string, { readonly mid: number; readonly seq: number }>();
  for (const step of past.steps) {
    const [client, mid] = requestIn(step) ?? [];
    if (client === undefined || mid === undefined) continue;
    const last = known.get(client);
    const isNext = !last || (mid > last.mid && step.seq > last.seq) || (mid === last.mid && step.seq === last.seq);
    if (!isNext) faults.push(fault(`${client} was at ${last?.mid} when ${mid} was carried out`, step.record_id));
    known.set(client, { mid, seq: step.seq });
  }
  return faults;
};

/** Each device's numbers were all counted. */
const judgeCounts = ({ past, counts }: Evidence): readonly Fault[] => {
  const counted = new Map(past.clients.map(({ client_id: client, last_mid: last }) => [client, last]));
  return [...counts].flatMap(([device, { client, last }]) =>
    (counted.get(client) ?? 0) === last
      ? []
      : [fault(`${device} gave ${last} numbers, and ${counted.get(client) ?? 0} were counted`, device)],
  );
};

const isOfAll = ({ field }: Mark): boolean => field === 'tags' || field === 'description';

/** What was added to a set, or to a text, is there until somebody takes it out. */
const judgeSets = ({ past, deeds }: Evidence): readonly Fault[] => {
  const isCarriedOut = (deed: Deed): boolean =>
    deed.marks.some(({ text, module, field }) => past.written(text, module, field).length > 0);
  const done = deeds.filter(isCarriedOut);
  const removed = new Set(done.flatMap((deed) => deed.removed));
  return done.flatMap(({ tab, marks }) =>
    marks.filter(isOfAll).flatMap(({ id, text, field }) => {
      if (id === undefined || past.isDeleted(id) || removed.has(text)) return [];
      if (marksIn(past.last(id, field)).has(text)) return [];
      const taker = past.of(id).find(({ diff: { [field]: change } }) => change && takes(change, text));
      const [maker] = past.written(text, past.of(id)[0]!.module, field);
      // two tabs of a device are one client, who is taken to know what it did itself
      if (taker && maker && requestIn(taker)?.[0] === requestIn(maker.step)?.[0]) return [];
      const change = JSON.stringify(taker?.diff[field]);
      return [fault(`${text} of ${tab} was taken out of ${field} by ${taker?.request_id}: ${change}`, id)];
    }),
  );
};

const takes = ([before, after]: readonly [unknown, unknown], mark: string): boolean =>
  marksIn(before).has(mark) && !marksIn(after).has(mark);

/** Nobody overwrote an amount other than the one they saw. */
const judgeSeen = ({ past, deeds }: Evidence): readonly Fault[] => {
  const byDevice = Map.groupBy(
    deeds.flatMap(({ device, marks }) => marks.map(({ text }) => ({ device, text }))),
    ({ device }) => device,
  );
  return deeds.flatMap((deed) =>
    deed.seen.flatMap(({ mark, value }) => {
      const [written] = past.written(mark, 'deals', 'amount');
      if (!written) return [];
      const [before] = written.step.diff['amount']!;
      const own = byDevice.get(deed.device)!;
      const isOwn = own.some(({ text }) => marksIn(before).has(text));
      if (isOwn || same(before, value)) return [];
      const what = `${deed.tab} saw ${JSON.stringify(value)} and overwrote ${JSON.stringify(before)} by ${mark}`;
      return [fault(what, written.step.record_id)];
    }),
  );
};

/** Each version follows the one before it, and begins where it ended. */
const judgeChains = (past: Past): readonly Fault[] =>
  [...past.ids].flatMap((id) => {
    const faults: Fault[] = [];
    let state: Readonly<Record<string, unknown>> = {};
    for (const [place, { version, diff, op, module }] of past.of(id).entries()) {
      if (version !== place + 1) faults.push(fault(`${module} ${id} has version ${version} in place ${place + 1}`, id));
      if ((op === 'create') !== (place === 0))
        faults.push(fault(`${module} ${id} has ${op} in place ${place + 1}`, id));
      for (const [field, [before, after]] of Object.entries(diff)) {
        if (!same(state[field] ?? null, before))
          faults.push(fault(`${field} of ${module} ${id} changed before version ${version}, by nobody`, id));
        state = { ...state, [field]: after };
      }
    }
    return faults;
  });

export interface Heard {
  readonly heard: readonly ChangeEvent[];
  readonly resets: number;
}

/** Whoever followed the feed heard of everything once, in order, without gaps. */
export const judgeFeed = (past: Past, clock: 'counter' | 'snapshot', { heard, resets }: Heard): readonly Fault[] => {
  const told = (steps: readonly Pick<Step, 'module' | 'record_id' | 'version' | 'op'>[]): string =>
    steps.map(({ module, record_id: id, version, op }) => [module, id, version, op].join()).join(' ');
  const steps = Map.groupBy(past.steps, ({ seq }) => seq);
  const numbers = [...steps.keys()];
  const faults: Fault[] = [];
  if (resets > 0) faults.push(fault('the feed began anew', 'follower'));
  if (clock === 'counter' && numbers.some((seq, place) => seq !== place + 1)) {
    faults.push(fault(`the numbers of changes have gaps: ${numbers.join()}`));
  }
  const missing = numbers.filter((seq) => !heard.some((event) => event.seq === seq));
  if (missing.length > 0) faults.push(fault(`the feed did not tell of ${missing.join()}`));
  for (const [place, { seq, changes }] of heard.entries()) {
    if (seq <= (heard[place - 1]?.seq ?? 0))
      faults.push(fault(`the feed told of ${seq} after ${heard[place - 1]?.seq}`));
    const expected = told(steps.get(seq) ?? []);
    const actual = told(changes.map(({ id, ...one }) => ({ ...one, record_id: id }) as Step));
    if (actual !== expected) faults.push(fault(`the feed told of ${seq}: ${actual}, and it was ${expected}`));
  }
  return faults;
};
