import type { Change } from '@tessera-crm/model/change.js';
import { seededRandom, type Random } from '@tessera-crm/model/random.js';
import { rules as allRules, type Rules } from '@tessera-crm/model/protocol/sync/rules.js';
import { same } from '@tessera-crm/model/rules/conflicts.js';
import { Disk, newCache } from './device.ts';
import { Network } from './network.ts';
import { moduleOf, modules, Server, type ServerFaults } from './server.ts';
import { Tab } from './tab.ts';

/** What a history goes without, to see whether that is noticed. */
export interface Sabotage {
  readonly rules?: Partial<Rules>;
  readonly server?: ServerFaults;
  /** What happens so many times more often, because it takes that to be noticed. */
  readonly more?: Partial<Record<Event, number>>;
}

export interface Report {
  /** What must never be, in words; empty when all is well. */
  readonly faults: readonly string[];
  /** How often what happened. */
  readonly events: Readonly<Record<string, number>>;
}

const users = ['ann', 'bea', 'cyd'] as const;

/** How often each event comes, relative to the others. */
const weights = {
  network: 60,
  mutate: 22,
  push: 9,
  feed: 16,
  page: 8,
  news: 4,
  proof: 3,
  keep: 6,
  catchUp: 6,
  load: 4,
  tidy: 1,
  kill: 2,
  loseCache: 2,
  clearSite: 0.4,
  restrict: 0.9,
  forget: 0.5,
  edit: 8,
  handOver: 0.9,
  restore: 0.4,
};

type Event = keyof typeof weights;

interface Device {
  readonly name: string;
  readonly user: string;
  readonly disk: Disk;
  tabs: Tab[];
}

/** One history, the same for the same seed: people who work, a network that fails, tabs that die. */
class History {
  readonly #random: Random;
  readonly #server: Server;
  readonly #network: Network;
  readonly #devices: readonly Device[];
  readonly #faults: string[] = [];
  readonly #events: Record<string, number> = {};
  readonly #rules: Rules;
  /** Which mutation was to make the record that another one needs: `client#mid` of each. */
  readonly #needs = new Map<string, string>();
  /** `client#mid` of what was not lost with a site's data. */
  readonly #given = new Set<string>();
  /** Each history has its own temper: what is rare in most is frequent in some. */
  readonly #weights: readonly (readonly [Event, number])[];
  readonly #fertility: number;
  #notes = 0;

  constructor(seed: number, { rules, server = {}, more = {} }: Sabotage = {}) {
    this.#random = seededRandom(seed);
    this.#rules = { ...allRules, ...rules };
    this.#server = new Server(server);
    this.#weights = Object.entries(weights).map(([event, weight]) => [
      event as Event,
      weight * (more[event as Event] ?? 1) * this.#random.pick(weight < 3 ? [0, 0, 0.5, 1] : [0.5, 1, 2]),
    ]);
    this.#fertility = this.#random.pick([0.1, 0.3]);
    this.#network = new Network(this.#random);
    this.#devices = Array.from({ length: this.#random.integer(1, 4) }, (_, place) => {
      const name = `d${place}`;
      return { name, user: users[place % users.length]!, disk: new Disk(name), tabs: [] };
    });
    for (const device of this.#devices) for (let n = this.#random.integer(1, 2); n > 0; n--) this.#open(device);
  }

  run(): Report {
    for (let steps = this.#random.integer(100, 1500); steps > 0; steps--) this.#step();
    this.#quiet();
    this.#judge();
    return { faults: [...new Set(this.#faults)], events: this.#events };
  }

  #step(): void {
    const device = this.#random.pick(this.#devices);
    const event = this.#draw();
    this.#events[event] = (this.#events[event] ?? 0) + 1;
    this.#happen(event, device, this.#random.pick(device.tabs));
    this.#look(device);
  }

  #draw(): Event {
    let at = this.#random.next() * this.#weights.reduce((sum, [, weight]) => sum + weight, 0);
    return this.#weights.find(([, weight]) => (at -= weight) < 0)?.[0] ?? 'network';
  }

  // oxlint-disable-next-line complexity
  #happen(event: Event, device: Device, tab: Tab): void {
    if (event === 'network') for (let n = this.#random.integer(1, 4); n > 0; n--) this.#network.step();
    if (event === 'mutate') this.#mutate(device, tab);
    if (event === 'push') tab.push();
    if (event === 'feed') tab.askFeed(this.#random.pick([2, 10, 200]));
    if (event === 'page') tab.askPage(moduleOf(`n${this.#random.integer(0, 3)}`), this.#random.integer(0, 12));
    if (event === 'news') tab.askNews();
    if (event === 'proof') tab.askProof();
    if (event === 'keep') tab.keep();
    if (event === 'catchUp') tab.catchUp();
    if (event === 'load') tab.load();
    if (event === 'tidy') device.disk.tidy();
    if (event === 'kill') device.tabs = device.tabs.map((one) => (one === tab ? this.#newTab(device) : one));
    if (event === 'loseCache') device.disk.cache = newCache();
    if (event === 'clearSite') this.#clearSite(device);
    if (event === 'restrict')
      this.#server.restrict(
        device.user,
        [device.user, ...users.filter(() => this.#random.chance(0.6))],
        this.#random.chance(0.6),
      );
    if (event === 'forget') this.#server.forget();
    if (event === 'handOver') this.#onNote((id) => this.#server.handOver(id, this.#random.pick(users)));
    if (event === 'edit') this.#onNote((id) => this.#server.edit(id, String(this.#random.integer(0, 999))));
    if (event === 'restore') this.#onNote((id) => this.#server.restore(id));
  }

  #mutate({ disk }: Device, tab: Tab): void {
    const notes = [...tab.shown().keys()];
    const way = this.#random.next();
    const id = notes.length > 0 ? this.#random.pick(notes) : undefined;
    const change = way < this.#fertility || id === undefined ? this.#creation(disk, id) : this.#edit(id, way);
    const mid = tab.mutate([change]);
    this.#given.add(`${disk.outbox.client}#${mid}`);
  }

  #creation({ outbox }: Disk, parent: string | undefined): Change {
    const id = `n${this.#notes++}`;
    const waiting = outbox.queue.find(({ changes }) => changes.some((one) => one.op === 'create' && one.id === parent));
    const isRefused = this.#random.chance(0.15);
    if (waiting) this.#needs.set(`${outbox.client}#${outbox.next}`, `${outbox.client}#${waiting.mid}`);
    const values = { text: isRefused ? 'refused' : 'hello', ...(waiting && { parent: parent! }) };
    return { op: 'create', module: moduleOf(id), id, values };
  }

  #edit(id: string, way: number): Change {
    const module = moduleOf(id);
    const text = { [this.#random.pick(['a', 'b'])]: String(this.#random.integer(0, 999)) };
    if (way < 0.65) return { op: 'update', module, id, values: text };
    if (way < 0.85) return { op: 'act', module, id, action: 'count', args: {} };
    if (way < 0.93) return { op: 'delete', module, id };
    return { op: 'update', module, id, values: { owner: this.#random.pick(users) } };
  }

  /** Everything of a device is gone, and what waited with it. */
  #clearSite(device: Device): void {
    const { outbox } = device.disk;
    const executed = new Set(this.#server.executed);
    for (const { mid } of outbox.queue)
      if (!executed.has(`${outbox.client}#${mid}`)) this.#given.delete(`${outbox.client}#${mid}`);
    outbox.queue = [];
    outbox.refused = [];
    outbox.dependent = [];
    device.disk.renameClient();
    device.disk.cache = newCache();
    device.tabs = device.tabs.map(() => this.#newTab(device));
  }

  #onNote(act: (id: string) => void): void {
    const ids = [...this.#server.notes.keys()];
    if (ids.length > 0) act(this.#random.pick(ids));
  }

  #open(device: Device): void {
    device.tabs.push(this.#newTab(device));
  }

  #newTab({ name, user, disk }: Device): Tab {
    const complain = (text: string): void => void this.#faults.push(`${name}: ${text}`);
    return new Tab({ user, disk, server: this.#server, network: this.#network, rules: this.#rules, complain });
  }

  /** At any moment: what somebody knows they may not see is out of sight. What they have not heard of is no fault. */
  #look({ name, user, tabs }: Device): void {
    for (const tab of tabs) {
      if (tab.standing.aclSeq !== this.#server.aclSeq(user)) continue;
      for (const note of tab.base()) {
        const truth = this.#server.notes.get(note.id);
        if (truth?.version !== note.version) continue;
        if (!this.#server.maySee(user, note.owner))
          this.#faults.push(`${name}: ${note.id} is in sight against the rights`);
        if (this.#server.asSeenBy(user, truth).texts['b'] === 'hidden' && note.texts['b'] !== 'hidden')
          this.#faults.push(`${name}: ${note.id} shows a field against the rights`);
      }
    }
  }

  /** The network becomes good, and everybody comes to the end of what there is to do. */
  #quiet(): void {
    this.#network.become(true);
    this.#network.drain();
    const tabs = this.#devices.flatMap((device) => device.tabs);
    for (let round = 0; round < 30; round++)
      for (const tab of tabs)
        for (const act of ['load', 'push', 'askFeed', 'askProof', 'askNews', 'keep', 'catchUp'] as const) {
          tab[act](200);
          this.#network.drain();
        }
    for (const tab of tabs)
      for (const module of modules) {
        tab.askPage(module);
        this.#network.drain();
      }
  }

  #judge(): void {
    for (const device of this.#devices) {
      if (device.disk.outbox.queue.length > 0) this.#faults.push(`${device.name}: the outbox never empties`);
      for (const tab of device.tabs) this.#judgeTab(device, tab);
    }
    this.#judgeCounts();
  }

  #judgeTab({ name, user }: Device, tab: Tab): void {
    const base = new Map(tab.base().map((note) => [note.id, note]));
    for (const [id, note] of base) {
      const truth = this.#server.notes.get(id);
      if (!this.#server.isInSight(user, truth)) this.#faults.push(`${name}: ${id} is in sight and should not be`);
      else if (!same(this.#server.asSeenBy(user, truth), note))
        this.#faults.push(`${name}: ${id} is not what the server has`);
    }
    for (const module of modules)
      for (const { id } of this.#server.page(user, module, { limit: 5 }))
        if (!base.has(id)) this.#faults.push(`${name}: ${id} is missing`);
  }

  #judgeCounts(): void {
    const { executed } = this.#server;
    if (new Set(executed).size < executed.length) this.#faults.push('a mutation was carried out twice');
    const done = new Set(executed);
    for (const one of this.#given) if (!done.has(one)) this.#faults.push('a mutation was lost');
    const last = new Map<string, number>();
    for (const one of executed) {
      const [client, mid] = one.split('#') as [string, string];
      if (Number(mid) <= (last.get(client) ?? 0)) this.#faults.push('mutations were carried out out of order');
      last.set(client, Number(mid));
    }
    for (const { disk } of this.#devices) this.#judgeRefusals(disk);
  }

  /** Whoever needs what was refused is told so. */
  #judgeRefusals({ outbox: { client, refused, dependent } }: Disk): void {
    for (const [one, needed] of this.#needs) {
      const [mid, cause] = [one, needed].map((name) => Number(name.split('#')[1])) as [number, number];
      if (!one.startsWith(`${client}#`) || !(refused.includes(cause) || dependent.includes(cause))) continue;
      if (!dependent.includes(mid)) this.#faults.push(`${one} was not told that ${needed} was refused`);
    }
  }
}

export const runHistory = (seed: number, sabotage?: Sabotage): Report => new History(seed, sabotage).run();
