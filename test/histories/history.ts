import { setTimeout as pause } from 'node:timers/promises';
import { RemoteStore } from '@tessera-crm/client/remote-store.js';
import type { Fetch } from '@tessera-crm/client/transport.js';
import { uuid7 } from '@tessera-crm/model/id.js';
import { seededRandom, type Random } from '@tessera-crm/model/random.js';
import { Chronicle } from './chronicle.ts';
import { customerDeeds } from './customer-deeds.ts';
import { Device, type DeviceOptions, type Person, type Shown, type Tab } from './device.ts';
import { Follower } from './follower.ts';
import { keptBy, Rest } from './judge-caches.ts';
import { judgeFeed, judgePast, type Fault } from './judge-past.ts';
import { judgeSecrets } from './judge-secrets.ts';
import { Ledger } from './ledger.ts';
import { Past } from './past.ts';
import { settleIn, type Settled } from './people.ts';
import type { Tamper } from './sabotage.ts';
import { staffPins, usedModules } from './queries.ts';
import { staffDeeds, type Deeds, type Doing } from './staff-deeds.ts';
import { Storm, weighted } from './storm.ts';
import { Wire } from './wire.ts';
import type { Tenancy, World } from './world.ts';

export interface HistoryOptions {
  readonly seed: number;
  readonly world: World;
  /** What each of the eight does. */
  readonly steps?: number;
  /** What colleagues do, unless it is everything. */
  readonly deeds?: Deeds;
  /** Whether nothing befalls networks and servers. */
  readonly isCalm?: boolean;
  readonly tamper?: Tamper;
  /** Milliseconds that caches may take to come to rest: failures in a row make them wait longer and longer. */
  readonly patience?: number;
}

export interface Report {
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly events: Readonly<Record<string, number>>;
  readonly chronicle: Chronicle;
}

const day = 86_400_000;

/** Where somebody sits. */
interface Desk {
  readonly device: Device;
  readonly tab: Tab;
  readonly settled: Settled;
}

interface Seat extends Pick<DeviceOptions, 'name' | 'skew' | 'pins'> {
  readonly who: keyof Settled['people'];
  readonly tabs: number;
}

/** Whose devices there are, with how many tabs, by how much their clocks are wrong, and what is pinned there. */
const seats: readonly Seat[] = [
  { name: 'anna-1', who: 'anna', tabs: 2, skew: 0, pins: [{ module: 'accounts' }] },
  { name: 'anna-2', who: 'anna', tabs: 1, skew: day, pins: [] },
  { name: 'bruno-1', who: 'bruno', tabs: 2, skew: -day, pins: [] },
  { name: 'bruno-2', who: 'bruno', tabs: 1, skew: 0, pins: staffPins },
  { name: 'helper', who: 'helper', tabs: 1, skew: 0, pins: [] },
  { name: 'customer', who: 'customer', tabs: 1, skew: day / 2, pins: [{ module: 'tickets' }] },
];

/** Eight pages of four people on six devices, over networks and servers to which everything happens. */
export class History {
  readonly #options: HistoryOptions;
  readonly #random: Random;
  readonly #chronicle = new Chronicle();
  readonly #ledger = new Ledger();
  readonly #received: string[] = [];
  #devices: readonly Device[] = [];
  #followers: readonly Follower[] = [];

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#random = seededRandom(options.seed);
  }

  async run(): Promise<Report> {
    const { seed, world } = this.#options;
    const tenancy = await world.tenancy();
    try {
      const settled = await settleIn(world, tenancy);
      await this.#open(tenancy, settled);
      await this.#live(settled);
      const faults = await this.#judge(tenancy, settled);
      return { seed, faults, events: this.#chronicle.events, chronicle: this.#chronicle };
    } finally {
      await this.#end();
    }
  }

  async #open({ key }: Tenancy, { people }: Settled): Promise<void> {
    this.#followers = await Promise.all([0, 1].map(async (n) => new Follower(await this.#wire(`follower${n}`), key)));
    for (const seat of seats) {
      const device = await this.#device(seat, people[seat.who]);
      this.#devices = [...this.#devices, device];
      for (let n = 0; n < seat.tabs; n++) this.#lookAround(await device.open(), people[seat.who]);
    }
    for (const follower of this.#followers) follower.follow();
    // whoever sees nothing can do little
    const lists = (): readonly Shown[] => this.#devices.flatMap(({ tabs }) => tabs.flatMap((tab) => tab.lists));
    while (lists().some(({ page }) => !page)) await pause(10);
  }

  async #device({ name, skew, pins }: Seat, person: Person): Promise<Device> {
    const { tamper = (fetch) => fetch } = this.#options;
    // packing and unpacking takes time, and changes nothing
    const plain: Fetch = (url, { headers, ...init }) =>
      globalThis.fetch(url, { ...init, headers: { ...(headers as object), 'accept-encoding': 'identity' } });
    const fetch = tamper(name === 'customer' ? this.#overheard(plain) : this.#doubled(plain), name);
    const wire = await this.#wire(name);
    const own = { random: this.#fork(), ledger: this.#ledger, chronicle: this.#chronicle };
    return new Device({ ...own, name, person, skew, pins, wire, fetch });
  }

  async #wire(name: string): Promise<Wire> {
    const random = this.#fork();
    const up = (): number | undefined => {
      const ports = this.#options.world.servers.flatMap(({ port }) => port ?? []);
      return ports.length > 0 ? random.pick(ports) : undefined;
    };
    return Wire.lay({ name, random, port: up, note: (fate) => this.#chronicle.note(name, fate) });
  }

  /** Everybody acts by themselves, so that what one does says nothing of what another one does. */
  #fork(): Random {
    return seededRandom(this.#random.integer(0, 2 ** 31));
  }

  async #live(settled: Settled): Promise<void> {
    const { world, isCalm = false } = this.#options;
    const wires = [...this.#devices.map(({ options }) => options.wire), ...this.#followers.map(({ wire }) => wire)];
    const storm = new Storm({ world, wires, random: this.#fork(), chronicle: this.#chronicle });
    for (const wire of wires) wire.roughness = isCalm ? 0 : 0.15;
    const blowing = isCalm ? undefined : storm.blow();
    await Promise.all(
      this.#devices.flatMap((device) => device.tabs.map((tab) => this.#work({ device, tab, settled }, this.#fork()))),
    );
    storm.end();
    await blowing;
    for (const wire of wires) Object.assign(wire, { roughness: 0, isUp: true });
  }

  /** What somebody does at a tab, which they may close and open again. */
  async #work({ device, tab: first, settled }: Desk, random: Random): Promise<void> {
    const { person, skew } = device.options;
    const deeds = person.name === 'customer' ? customerDeeds : (this.#options.deeds ?? staffDeeds);
    const newId = (): string =>
      uuid7(
        Date.now() + skew,
        Uint8Array.from({ length: 10 }, () => random.integer(0, 255)),
      );
    let tab = first;
    let [doing, last]: [Doing, string | undefined] = [weighted(random, deeds), undefined];
    for (let step = this.#options.steps ?? 24; step > 0; step--) {
      await pause(random.pick([0, 0, random.integer(0, 400)]));
      if (random.chance(0.15)) tab = await this.#otherwise(device, tab, random);
      else {
        const plan = this.#ledger.plan();
        // whoever types does so more than once
        if (!random.chance(0.4)) doing = weighted(random, deeds);
        const changes = doing({ tab, random, plan, place: settled.place, newId, last });
        last = changes[0]?.id;
        if (changes.length > 0) await tab.act(plan, changes);
      }
    }
  }

  /** What is no change: looking elsewhere, closing and opening, asking. */
  // oxlint-disable-next-line max-params
  async #otherwise(device: Device, tab: Tab, random: Random): Promise<Tab> {
    const { lists } = device.options.person;
    const way = random.next();
    if (way < 0.25) return this.#reopen(device, tab);
    if (way < 0.55) {
      if (tab.lists.length > 2) tab.leave(random.pick(tab.lists));
      tab.look(random.pick(lists));
    } else if (way < 0.8) {
      const { module, query } = random.pick(lists);
      await tab.cache.list(module, query as object).catch(() => {});
    } else void tab.cache.flush();
    return tab;
  }

  async #reopen(device: Device, tab: Tab): Promise<Tab> {
    this.#chronicle.note(tab.name, 'closes');
    await device.close(tab);
    const opened = await device.open();
    this.#chronicle.note(opened.name, 'opens');
    this.#lookAround(opened, device.options.person);
    return opened;
  }

  #lookAround(tab: Tab, { lists }: Person): void {
    tab.look(lists[0]!);
    for (let n = 0; n < 3; n++) tab.look(this.#random.pick(lists));
  }

  async #judge({ tenant, key }: Tenancy, { people: { customer } }: Settled): Promise<readonly Fault[]> {
    const { world, patience = 90_000 } = this.#options;
    const url = world.servers[0]!.address!;
    const rest = new Rest(url, this.#devices, patience);
    const ends = [
      ...world.mishaps.splice(0).map((what) => ({ what, words: [] })),
      ...(await rest.sent()),
      ...(await rest.shown()),
      ...(await rest.held(usedModules)),
    ];
    const kept = await keptBy(this.#devices);
    const overheard = {
      customer: customer.identity.type === 'subject' ? customer.identity.id : '',
      device: 'customer',
    };
    const past = await this.#past(url, { tenant, key });
    return [
      ...ends,
      ...judgePast({ past, deeds: this.#ledger.deeds, ...kept }),
      ...this.#followers.flatMap((follower) => judgeFeed(past, world.clock, follower)),
      ...judgeSecrets(past, this.#ledger.deeds, { ...overheard, received: this.#received }),
    ];
  }

  /** The server's books, once the followers had time to hear of it all. */
  async #past(url: string, { tenant, key }: Tenancy): Promise<Past> {
    const { world, patience = 90_000 } = this.#options;
    const look = (): Promise<Past> => world.look((database) => Past.read(database, tenant));
    const { asOf } = await new RemoteStore({ url, token: key }).sync.query('tasks', { limit: 1 });
    // by snapshot, numbers are taken under which nothing happened
    const last = world.clock === 'counter' ? asOf : ((await look()).steps.at(-1)?.seq ?? 0);
    const isHeard = ({ heard }: Follower): boolean => (heard.at(-1)?.seq ?? 0) >= last;
    for (const end = performance.now() + patience; performance.now() < end; await pause(50))
      if (this.#followers.every(isHeard)) break;
    return look();
  }

  async #end(): Promise<void> {
    await Promise.all(this.#followers.map((follower) => follower.stop()));
    for (const device of this.#devices) for (const tab of device.tabs) await device.close(tab);
    const wires = [...this.#devices.map(({ options }) => options.wire), ...this.#followers.map(({ wire }) => wire)];
    await Promise.all(wires.map((wire) => wire.cut()));
  }

  /** Now and then a request arrives twice. */
  #doubled(fetch: Fetch): Fetch {
    const random = this.#fork();
    return async (url, init) => {
      if (init.method === 'POST' && !this.#options.isCalm && random.chance(0.04)) {
        this.#chronicle.note('network', `doubled ${url}`);
        void pause(random.integer(0, 300)).then(() => fetch(url, { ...init, signal: null }).catch(() => {}));
      }
      return fetch(url, init);
    };
  }

  /** Notes all that is received. */
  #overheard(fetch: Fetch): Fetch {
    return async (url, init) => {
      const response = await fetch(url, init);
      const { ok, status, headers, body } = response;
      const note = (text: string): string => (this.#received.push(text), text);
      const decoder = new TextDecoder();
      const heard = new TransformStream<Uint8Array, Uint8Array>({
        transform: (part, controller) => {
          note(decoder.decode(part, { stream: true }));
          controller.enqueue(part);
        },
      });
      const isStream = headers.get('content-type')?.startsWith('text/event-stream') === true;
      if (isStream && body) return { ok, status, headers, text: async () => '', body: body.pipeThrough(heard) };
      return { ok, status, headers, text: async () => note(await response.text()) };
    };
  }
}
