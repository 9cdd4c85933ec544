import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RecordMap } from '@tessera-crm/model/memory/record-map.js';
import type { AnyRecord } from '@tessera-crm/model/module.js';
import { readCursor } from '@tessera-crm/model/query/cursor.js';
import type { Filter } from '@tessera-crm/model/query/filter.js';
import { matches } from '@tessera-crm/model/query/matches.js';
import { comparePositions, positionOf } from '@tessera-crm/model/query/order.js';
import { planQuery, type Plan } from '@tessera-crm/model/query/plan.js';
import type { Page } from '@tessera-crm/model/query/query.js';
import { runPlan } from '@tessera-crm/model/query/run.js';
import { seededRandom, type Random } from '@tessera-crm/model/random.js';
import { randomWorld, type World } from '@tessera-crm/model/testing/random-world.js';
import fc from 'fast-check';
import type { Patch } from '../entry.ts';
import type { LocalRecords } from '../local-records.ts';
import { localWorld, randomListQuery, randomPatch } from '../testing/local-world.ts';
import type { Watchers } from '../watchers.ts';
import { give } from '../testing/give.ts';
import { WindowView } from './window-view.ts';

const runs = Number(process.env['TESSERA_WORLDS'] ?? 60);

interface Waiting {
  readonly key: string;
  readonly patch: Patch;
  /** What the server made of it; undefined as long as it has not got it. */
  answer?: AnyRecord | undefined;
}

interface Question {
  readonly asked: number;
  page?: Page<AnyRecord>;
}

/** One window onto a server, between which everything takes as long as it likes. */
class Scene {
  readonly world: World;
  readonly server: RecordMap;
  readonly records: LocalRecords;
  readonly watchers: Watchers;
  readonly plan: Plan;
  readonly view: WindowView;
  /** Whether everything that happens on the server is heard of here. */
  readonly hearsAll: boolean;
  readonly waiting: Waiting[] = [];
  /** As a watch asks: one question after the other, each at the earliest when the answer before it came. */
  question: Question | undefined;
  asked: number;
  /** Where the page ends that came last. */
  end: Page['next'] = null;
  /** What was changed here and then carried out, until a page came that was asked for after that. */
  settled = new Map<string, { readonly at: number; readonly version: number; readonly isGone: boolean }>();
  /** What was changed here, belongs on the page that came last, and is not on it: it is older, or knows of more. */
  missed: readonly string[] = [];
  #keys = 0;

  constructor(random: Random) {
    this.hearsAll = random.chance(0.5);
    this.world = randomWorld(random, { name: 'w', hostile: ['ß İ ς', '%', '😀'] });
    this.server = new RecordMap(this.world.registry);
    const kept = this.world.records.filter(() => random.chance(0.7));
    for (const { module, record } of kept) this.server.put(module, record);
    const { records, watchers } = localWorld(this.world);
    this.records = records;
    this.watchers = watchers;
    const { registry } = this.world;
    this.plan = randomPlan(random, this.world, this.server);
    this.view = new WindowView(this.plan, records);
    watchers.add({ of: new Set(this.view.modules), look: (changes) => this.view.apply(changes) });
    this.asked = records.moment;
    if (!this.hearsAll) return;
    const alive = registry.keys.flatMap((module) =>
      [...this.server.all(module)]
        .filter(({ id }) => this.server.get(module, id))
        .map((record) => ({ module, record })),
    );
    give(
      records,
      alive.map(({ module, record }) => ({ module, id: record.id, record })),
    );
    watchers.tell();
  }

  /** The server as it answers questions about one record. */
  seen(module: string, id: string): AnyRecord | null {
    return this.server.get(module, id) ?? null;
  }

  carryOut({ module, id, values }: Patch): AnyRecord {
    const before = this.server.getAny(module, id);
    const after = { ...before, ...values, id, version: (before?.version ?? 0) + 1 };
    this.server.put(module, after);
    return after;
  }

  changeHere(random: Random): void {
    const patch = randomPatch(random, this.world, { records: this.records.shown, ...this.#aim(random) });
    if (patch.isNew && this.server.getAny(patch.module, patch.id)) return;
    const key = String(this.#keys++);
    this.records.overlay(key, [patch]);
    this.waiting.push({ key, patch });
  }

  changeThere(random: Random): void {
    const patch = randomPatch(random, this.world, { records: this.server, ...this.#aim(random) });
    const isBeingMade = this.waiting.some(({ patch: { isNew, id } }) => isNew && id === patch.id);
    if (isBeingMade) return;
    this.carryOut(patch);
    if (this.hearsAll) this.hear(patch);
  }

  /** A record is asked for, and answered at once. */
  hear({ module, id }: Pick<Patch, 'module' | 'id'>): void {
    give(this.records, [{ module, id, record: this.seen(module, id) }], this.records.moment);
  }

  push(): void {
    const [first] = this.waiting;
    if (first && !first.answer) first.answer = this.carryOut(first.patch);
  }

  settle(): void {
    const [first] = this.waiting;
    if (!first?.answer) return;
    const { module, id } = first.patch;
    const record = (first.answer['deletedAt'] ?? null) === null ? first.answer : null;
    this.waiting.shift();
    give(this.records, [{ module, id, record }]);
    this.records.overlay(first.key, undefined);
    if (module === this.plan.module.key)
      this.settled.set(id, { at: this.records.moment, version: first.answer.version, isGone: record === null });
  }

  ask(): void {
    this.question ??= { asked: this.asked };
  }

  answer(): void {
    if (!this.question) return;
    this.question.page ??= runPlan({ ...this.plan, fields: null }, this.server.all(this.plan.module.key), this.server);
  }

  arrive(): void {
    const { page, asked } = this.question ?? {};
    if (!page || asked === undefined) return;
    this.question = undefined;
    this.watchers.tell();
    const { module } = this.plan;
    const before = this.records.moment;
    const given = page.records.map((record) => ({ module: module.key, id: record.id, record }));
    give(this.records, given, asked);
    const outdated = page.records.filter((record) => !this.records.isKnown(module.key, record)).map(({ id }) => id);
    const { moment } = this.records;
    this.view.take({
      page: {
        ids: page.records.map(({ id }) => id),
        next: page.next,
        asOf: 0,
        ...(page.count !== undefined && { count: page.count }),
      },
      asked,
      taken: moment > before ? moment : 0,
      outdated: new Set(outdated),
    });
    this.asked = moment;
    this.end = page.next;
    this.settled = new Map([...this.settled].filter(([, { at }]) => at > asked));
    this.missed = [...this.settled.keys()].filter((id) => {
      const record = this.records.shown.getAny(module.key, id);
      return record && belongs(this, record) && page.records.every((one) => one.id !== id);
    });
  }

  /** Everything that waits is carried out, and heard of. */
  finish(): void {
    while (this.waiting.length > 0) {
      this.push();
      this.settle();
    }
  }

  /** Asks anew, and hears the answer; nothing else happens meanwhile. */
  askAnew(): void {
    this.question = { asked: this.records.moment };
    this.answer();
    this.arrive();
  }

  #aim(random: Random): { readonly module?: Plan['module'] } {
    return random.chance(0.7) ? { module: this.plan.module } : {};
  }
}

const randomPlan = (random: Random, world: World, server: RecordMap): Plan => {
  const [module, query] = randomListQuery(random, world, random.chance(0.5));
  const plan = planQuery(module, query, world.context);
  const { next } = runPlan(plan, server.all(module.key), server);
  return next !== null && random.chance(0.3) ? planQuery(module, { ...query, after: next }, world.context) : plan;
};

const looksElsewhere = (filter: Filter): boolean =>
  filter.type === 'has' || filter.type === 'some' || ('of' in filter && filter.of.some(looksElsewhere));

/** Whether a record belongs within the bounds of the page, by the records at hand. */
const belongs = ({ plan, end, records: { shown } }: Scene, record: AnyRecord): boolean => {
  const { module, sort, after } = plan;
  const compare = comparePositions(module, sort);
  const last = end === null ? null : readCursor(end, sort);
  const place = positionOf(module, sort, record);
  return (
    matches(module, record, plan.filter, shown) &&
    (!after || compare(place, after) > 0) &&
    (!last || compare(place, last) <= 0)
  );
};

/** What belongs on the page by the records at hand, from scratch. */
const naive = (scene: Scene): readonly string[] => {
  const { plan, records } = scene;
  const compare = comparePositions(plan.module, plan.sort);
  const place = (record: AnyRecord) => positionOf(plan.module, plan.sort, record);
  return [...records.shown.all(plan.module.key)]
    .filter((record) => belongs(scene, record))
    .toSorted((a, b) => compare(place(a), place(b)))
    .map(({ id }) => id)
    .slice(0, plan.limit);
};

const idsOf = (page: Page<AnyRecord>): readonly string[] => page.records.map(({ id }) => id);

const happenings: Readonly<Record<string, (scene: Scene, random: Random) => void>> = {
  changeHere: (scene, random) => scene.changeHere(random),
  changeThere: (scene, random) => scene.changeThere(random),
  push: (scene) => scene.push(),
  settle: (scene) => scene.settle(),
  ask: (scene) => scene.ask(),
  answer: (scene) => scene.answer(),
  arrive: (scene) => scene.arrive(),
  /** A page that was worked out before a change arrives when the change is through. */
  overtake(scene, random) {
    scene.ask();
    scene.answer();
    scene.changeHere(random);
    scene.finish();
    scene.arrive();
  },
  /** A change is through before another page comes. */
  outrun(scene, random) {
    scene.changeHere(random);
    scene.askAnew();
    scene.finish();
  },
  hear: (scene, random) => scene.hear(randomPatch(random, scene.world, { records: scene.server })),
};

const history = fc.record({
  seed: fc.integer({ min: 0 }),
  steps: fc.array(
    fc.record({
      what: fc.constantFrom(...Object.keys(happenings), 'changeHere', 'push', 'settle', 'arrive'),
      seed: fc.integer({ min: 0 }),
      isTold: fc.boolean(),
    }),
    { minLength: 1, maxLength: 120, size: 'max' },
  ),
});

type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

/** Runs a history, and looks after each step that was told. */
const run = ({ seed, steps }: History, look: (scene: Scene) => void): Scene => {
  const scene = new Scene(seededRandom(seed));
  scene.askAnew();
  look(scene);
  for (const { what, seed: chance, isTold } of steps) {
    happenings[what]!(scene, seededRandom(chance));
    if (!isTold && !['arrive', 'overtake'].includes(what)) continue;
    scene.watchers.tell();
    look(scene);
  }
  scene.watchers.tell();
  return scene;
};

/** Whether a record may be behind the last one that has room on the page. */
const isCut = ({ plan, view, records: { shown } }: Scene, record: AnyRecord): boolean => {
  // whole: what is asked for may be without the fields of the sort
  const last = shown.getAny(plan.module.key, view.page.records.at(-1)?.id ?? '');
  if (view.page.records.length < plan.limit || !last) return false;
  const place = (one: AnyRecord) => positionOf(plan.module, plan.sort, one);
  return comparePositions(plan.module, plan.sort)(place(record), place(last)) > 0;
};

const holdsStill = (scene: Scene): void => {
  const { plan, records, view, waiting, settled, server } = scene;
  const { key } = plan.module;
  const own = waiting.flatMap(({ patch }) => (patch.module === key ? [patch.id] : []));
  for (const id of new Set([...own, ...settled.keys()])) {
    const record = records.shown.getAny(key, id);
    const isThere = view.page.records.some((one) => one.id === id);
    const isWanted = record !== undefined && belongs(scene, record);
    assert.ok(isThere === isWanted || (isWanted && isCut(scene, record)), `${id} is wanted: ${isWanted}`);
  }
  for (const [id, { version, isGone }] of settled) {
    if (isGone && !server.get(key, id)) assert.equal(records.shown.get(key, id), undefined, 'what is gone stays so');
    if (!isGone && server.get(key, id)) assert.ok(records.baseVersion(key, id) >= version, 'nothing gets older');
  }
};

/** Where something may be missing, the window says so. */
const tellsDoubts = (scene: Scene): void => {
  const { plan, records, view, waiting, missed, end, settled } = scene;
  if (waiting.length > 0 || view.isStale) return;
  if (end !== null) assert.equal(view.page.records.length, plan.limit, 'has room and is not stale');
  for (const id of missed) {
    const record = settled.has(id) && records.shown.getAny(plan.module.key, id);
    assert.ok(!record || !belongs(scene, record), 'shows what the page lacks');
  }
};

describe('a window onto a server', () => {
  it('shows what belongs within its bounds by all that is known, or knows that it may not', () => {
    fc.assert(
      fc.property(history, (given) => {
        run(given, (scene) => {
          const { hearsAll, plan, view, waiting } = scene;
          const isSure = !looksElsewhere(plan.filter) || (!view.isStale && waiting.length === 0);
          if (hearsAll && isSure) assert.deepEqual(idsOf(view.page), naive(scene));
        });
      }),
      { numRuns: runs },
    );
  });

  it('shows what was changed here from then on, whatever answers come late', () => {
    fc.assert(
      fc.property(history, (given) => {
        run(given, (scene) => {
          if (looksElsewhere(scene.plan.filter)) return;
          holdsStill(scene);
          tellsDoubts(scene);
        });
      }),
      { numRuns: runs },
    );
  });

  it('comes to what the server has, once it was asked after everything', () => {
    fc.assert(
      fc.property(history, (given) => {
        const scene = run(given, () => {});
        const { plan, server, view } = scene;
        scene.finish();
        scene.askAnew();
        scene.watchers.tell();
        assert.equal(view.isStale, false);
        const { included: _included, ...page } = view.page;
        const { included: _others, ...wanted } = runPlan(plan, server.all(plan.module.key), server);
        assert.deepEqual(page, wanted);
      }),
      { numRuns: runs },
    );
  });
});
