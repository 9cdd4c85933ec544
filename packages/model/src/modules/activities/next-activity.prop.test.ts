import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isCrmError } from '../../errors.ts';
import type { AnyRecord } from '../../module.ts';
import { RuleBench } from '../../testing/rule-bench.ts';
import { instantAt } from '../../zoned.ts';

/** The records that activities are about, by module. */
const subjects = ['accounts', 'accounts', 'contacts', 'leads'] as const;

interface Subject {
  readonly module: (typeof subjects)[number];
  readonly id: string;
}

type Values = Readonly<Record<string, unknown>>;

/** Places among the subjects. */
interface Links {
  readonly related: readonly number[];
  readonly account: number | null;
  readonly contact: number | null;
}

interface Given {
  readonly values: Values;
  /** Null where they stay as they are. */
  readonly links: Links | null;
}

type Op =
  | readonly [what: 'add' | 'set', module: 'tasks' | 'events', place: number, given: Given]
  | readonly [what: 'remove' | 'restore', place: number];

const start = '2026-06-15T10:00:00.000Z';

/** The nights on which clocks change among them. */
const days = fc.constantFrom('2026-03-29', '2026-06-14', '2026-06-15', '2026-10-25', '2027-01-01');
const times = fc.constantFrom('00:00:00', '02:30:00', '03:00:00', '23:59:59');

const task = fc.record(
  {
    dueDate: fc.option(days, { freq: 4 }),
    dueTime: fc.option(times),
    status: fc.constantFrom('not_started', 'in_progress', 'waiting', 'completed', 'deferred', 'cancelled'),
  },
  { requiredKeys: [] },
);

const event = fc.record(
  {
    start: fc.tuple(days, times).map(([day, time]) => `${day}T${time}.000Z`),
    status: fc.constantFrom('planned', 'held', 'not_held', 'cancelled', 'no_show'),
  },
  { requiredKeys: [] },
);

const someLinks: fc.Arbitrary<Links> = fc.record({
  related: fc.uniqueArray(fc.nat(subjects.length - 1), { maxLength: 2 }),
  account: fc.option(fc.constantFrom(0, 1)),
  contact: fc.option(fc.constant(2)),
});

const given = (values: fc.Arbitrary<Values>): fc.Arbitrary<Given> =>
  fc.record({ values, links: fc.option(someLinks, { freq: 2 }) });

const stepOf = (what: Op[0], ...rest: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<Op> =>
  // The caller gives what such a step consists of
  fc.tuple(fc.constant(what), ...rest) as unknown as fc.Arbitrary<Op>;

const ops: fc.Arbitrary<readonly Op[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: stepOf('add', fc.constant('tasks'), fc.nat(9), given(task)) },
    { weight: 4, arbitrary: stepOf('add', fc.constant('events'), fc.nat(9), given(event)) },
    { weight: 4, arbitrary: stepOf('set', fc.constant('tasks'), fc.nat(9), given(task)) },
    { weight: 4, arbitrary: stepOf('set', fc.constant('events'), fc.nat(9), given(event)) },
    { weight: 3, arbitrary: stepOf('remove', fc.nat(12)) },
    { weight: 3, arbitrary: stepOf('restore', fc.nat(12)) },
  ),
  { size: 'large', maxLength: 40 },
);

/** A tenant with a few records, and what was done to it so far. */
class World {
  readonly bench = new RuleBench();
  readonly subjects: Subject[] = [];
  readonly #activities: { readonly module: 'tasks' | 'events'; readonly id: string }[] = [];
  /** Those that have been in the recycle bin, where nothing is told them. */
  readonly wereAway = new Set<string>();
  /** By id, as of the last step: when there was last something with them. */
  readonly last = new Map<string, string>();

  async open(): Promise<this> {
    const { id } = await this.bench.add('users', { name: { last: 'Neri' }, email: 'ada@example.com' });
    this.bench.identity = { type: 'user', id, admin: false };
    for (const module of subjects) {
      const name = module === 'accounts' ? 'Neri' : { last: 'Rossi' };
      const record = await this.bench.add(module, { name, ...(module === 'leads' && { company: 'Rossi' }) });
      this.subjects.push({ module, id: record.id });
    }
    this.bench.now = '2026-06-15T12:00:00.000Z';
    return this;
  }

  /** What a rule refuses is left undone. */
  async carryOut(op: Op): Promise<void> {
    try {
      await this.#carryOut(op);
    } catch (error) {
      if (!isCrmError(error)) throw error;
    }
  }

  async #carryOut(op: Op): Promise<void> {
    const { bench } = this;
    if (op.length === 4) {
      const [what, module, place, values] = op;
      const some = this.#activities.filter((one) => one.module === module);
      const one = some[place % some.length];
      if (what === 'set' && one) await bench.set(module, one, this.#valuesOf(module, values, false));
      if (what === 'set') return;
      const { id } = await bench.add(module, this.#valuesOf(module, values, true));
      this.#activities.push({ module, id });
    } else {
      const all = [...this.subjects, ...this.#activities];
      const some = op[0] === 'remove' ? all : all.filter(({ id }) => this.wereAway.has(id));
      const one = some[op[1] % some.length];
      if (one) await bench[op[0]](one.module, one);
      if (one) this.wereAway.add(one.id);
    }
  }

  #valuesOf(module: 'tasks' | 'events', { values, links }: Given, isNew: boolean): Values {
    const begin = module === 'events' ? (values['start'] ?? (isNew ? start : undefined)) : undefined;
    return {
      ...values,
      ...(isNew && { subject: 'Call' }),
      ...(isNew && module === 'events' && { type: 'call' }),
      ...(begin !== undefined && {
        start: begin,
        end: new Date(Date.parse(begin as string) + 3_600_000).toISOString(),
      }),
      ...(links && this.#linksOf(links)),
    };
  }

  #linksOf({ related, account, contact }: Links): Values {
    return {
      related: related.length > 0 ? related.map((place) => this.subjects[place]!) : null,
      account: account === null ? null : this.subjects[account]!.id,
      contact: contact === null ? null : this.subjects[contact]!.id,
    };
  }

  /** The living activities about a record. */
  async about({ id }: Subject): Promise<readonly AnyRecord[]> {
    const found = await Promise.all(['tasks', 'events'].map((module) => this.bench.find(module)));
    return found.flat().filter((one) => {
      const related = (one['related'] ?? []) as readonly Subject[];
      return one['account'] === id || one['contact'] === id || related.some((link) => link.id === id);
    });
  }

  async living(): Promise<readonly (readonly [Subject, AnyRecord])[]> {
    const all = await Promise.all(
      this.subjects.map(async (one) => [one, (await this.bench.find(one.module, { id: one.id }))[0]] as const),
    );
    return all.flatMap(([one, record]) => (record ? [[one, record] as const] : []));
  }
}

/** When an activity is to come or to be done; undefined when it is settled, or has no time. */
const openAt = (activity: AnyRecord): string | undefined => {
  const { status, start: begin, dueDate, dueTime } = activity as unknown as Readonly<Record<string, string | null>>;
  if (['completed', 'cancelled', 'held', 'not_held', 'no_show'].includes(status!)) return undefined;
  if (begin) return begin;
  return dueDate ? new Date(instantAt(`${dueDate}T${dueTime ?? '00:00:00'}`, 'Europe/Rome')).toISOString() : undefined;
};

const doneAt = ({ status, completedAt, end }: Readonly<Record<string, unknown>>, now: string): string | undefined => {
  if (status === 'completed') return completedAt as string;
  return status === 'held' ? [end as string, now].toSorted()[0] : undefined;
};

const check = async (world: World): Promise<void> => {
  for (const [subject, record] of await world.living()) {
    const activities = await world.about(subject);
    const next = activities.flatMap((one) => openAt(one) ?? []).toSorted()[0] ?? null;
    assert.equal(record['nextActivityAt'], next);
    if (world.wereAway.has(subject.id)) continue;
    const done = activities.flatMap((one) => doneAt(one, world.bench.now) ?? []);
    const last = [...done, ...(world.last.has(subject.id) ? [world.last.get(subject.id)!] : [])].toSorted().at(-1);
    if (last !== undefined) world.last.set(subject.id, last);
    assert.equal(record['lastActivityAt'], last ?? null);
    assert.deepEqual([record['updatedAt'], record['updatedBy']], [record['createdAt'], record['createdBy']]);
  }
};

describe('what comes next for a record, and what was last', () => {
  it('is what its activities say, whatever was done to them, and changes nothing else', () =>
    fc.assert(
      fc.asyncProperty(ops, async (steps) => {
        const world = await new World().open();
        for (const step of steps) {
          await world.carryOut(step);
          await check(world);
        }
      }),
      { numRuns: 100 },
    ));
});
