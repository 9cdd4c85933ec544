import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '@tessera-crm/model/random.js';
import pg from 'pg';
import type { Chronicle } from './chronicle.ts';
import type { Wire } from './wire.ts';
import { mostConnections, type World } from './world.ts';

export interface StormOptions {
  readonly world: World;
  readonly wires: readonly Wire[];
  readonly random: Random;
  readonly chronicle: Chronicle;
}

type Blow = (storm: Storm) => Promise<void>;

/** What keeps others waiting for a while: the counter, clients' counts, records. */
const locks = [
  'select 1 from tessera.tenant_clock for update',
  'select 1 from tessera.clients for update',
  'select 1 from tessera.m_tasks for update',
  'select 1 from tessera.m_accounts for update',
];

/** One server after the other, so that mostly one is there, and on and off none. */
const kill: Blow = async ({ world, random, chronicle }) => {
  const server = random.pick(world.servers);
  const signal = random.chance(0.75) ? 'SIGKILL' : 'SIGTERM';
  chronicle.note('storm', `ends ${server.name} by ${signal}`);
  await server.stop(signal);
  await pause(random.integer(0, 400));
  await server.start();
  chronicle.note('storm', `started ${server.name}`);
};

const freeze: Blow = async ({ world, random, chronicle }) => {
  const server = random.pick(world.servers);
  const milliseconds = random.integer(100, 900);
  chronicle.note('storm', `freezes ${server.name} for ${milliseconds} ms`);
  await server.pause(milliseconds);
};

const disconnect: Blow = async ({ wires, random, chronicle }) => {
  const wire = random.pick(wires);
  const milliseconds = random.integer(200, 2_000);
  chronicle.note('storm', `cuts off ${wire.name} for ${milliseconds} ms`);
  wire.isUp = false;
  await pause(milliseconds);
  wire.isUp = true;
};

const restartDatabase: Blow = async ({ world, random, chronicle }) => {
  const isFast = random.chance(0.5);
  chronicle.note('storm', `restarts the database ${isFast ? 'in order' : 'at once'}`);
  await world.cluster!.restart(isFast ? 'SIGINT' : 'SIGQUIT', random.integer(0, 500));
};

/** A transaction of somebody else that takes its time. */
const hold: Blow = async ({ world, random, chronicle }) => {
  const milliseconds = random.pick([300, 300, 300, 1_200]);
  const lock = random.pick(locks);
  chronicle.note('storm', `holds for ${milliseconds} ms: ${lock}`);
  await withSession(world, async (session) => {
    await session.query(`begin; set local statement_timeout to 2000; ${lock}`);
    await pause(milliseconds);
    await session.query('commit');
  });
};

/** Somebody else takes all the connections that the database has. */
const crowd: Blow = async ({ world, random, chronicle }) => {
  const milliseconds = random.integer(300, 1_000);
  chronicle.note('storm', `crowds the database for ${milliseconds} ms`);
  const sessions = Array.from({ length: mostConnections }, () => withSession(world, () => pause(milliseconds)));
  await Promise.all(sessions);
};

const everywhere: readonly (readonly [weight: number, blow: Blow])[] = [
  [6, disconnect],
  [3, freeze],
  [2, kill],
];

const onServers: readonly (readonly [weight: number, blow: Blow])[] = [
  [6, hold],
  [2, restartDatabase],
  [2, crowd],
];

/** Everything that befalls networks, servers and databases, until it is over. */
export class Storm {
  readonly world: World;
  readonly wires: readonly Wire[];
  readonly random: Random;
  readonly chronicle: Chronicle;
  #isOver = false;

  constructor({ world, wires, random, chronicle }: StormOptions) {
    this.world = world;
    this.wires = wires;
    this.random = random;
    this.chronicle = chronicle;
  }

  /** Resolves when it is over and everything is up again. */
  async blow(): Promise<void> {
    const blows = this.world.cluster ? [...everywhere, ...onServers] : everywhere;
    const under = new Set<Promise<void>>();
    while (!this.#isOver) {
      await pause(this.random.integer(50, 700));
      if (this.#isOver) break;
      const blow = weighted(this.random, blows)(this).finally(() => under.delete(blow));
      under.add(blow);
      // two things at a time are enough
      if (under.size > 1) await Promise.race(under);
    }
    await Promise.all(under);
  }

  end(): void {
    this.#isOver = true;
  }
}

export const weighted = <T>(random: Random, choices: readonly (readonly [weight: number, T])[]): T => {
  let at = random.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, choice] of choices) if ((at -= weight) < 0) return choice;
  return choices.at(-1)![1];
};

/** Works in a session of its own; a database that is away, full, or keeps one waiting is what one asked for. */
const withSession = async (world: World, work: (session: pg.Client) => Promise<unknown>): Promise<void> => {
  const session = new pg.Client({ connectionString: world.cluster!.url, connectionTimeoutMillis: 2_000 });
  session.on('error', () => undefined);
  try {
    await session.connect();
    await work(session);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  } finally {
    await session.end().catch(() => undefined);
  }
};
