import assert from 'node:assert/strict';
import test, { after, before, describe } from 'node:test';
import { Site } from '../../journeys/support/site.ts';
import type { Engine, EngineName } from './engine.ts';
import { checksOf, contractOf, gapOf, runsIn } from './expected.ts';
import { Front } from './front.ts';
import type { ContractCheck, FoundHost } from './host.ts';
import { hosts } from './hosts.ts';
import { probe } from './probe.ts';
import { seed } from './seed.ts';
import { Visit, type VisitOptions } from './visit.ts';

/** Only hosts whose file has one of these words in its name, for whoever works on one: `HOSTILE_HOSTS=h10,h13`. */
const wanted = process.env['HOSTILE_HOSTS']?.split(',') ?? [''];

/** Runs every host that means something in an engine: one server and one browser for all of them. */
export const describeHosts = async (name: EngineName, start: () => Promise<Engine>): Promise<void> => {
  const all = (await hosts()).filter((host) => runsIn(host, name) && wanted.some((word) => host.file.includes(word)));
  void describe(`hostile pages in ${name}`, () => {
    let world: Omit<VisitOptions, 'host'> & { readonly close: () => Promise<void> };
    before(async () => {
      world = await open(start);
    });
    after(() => world?.close());
    for (const host of all)
      void describe(`${host.number} ${host.file.slice(4)}`, () => {
        const options = (): VisitOptions => ({ ...world, host });
        testContract(host, name, options);
        for (const check of Object.keys(host.checks ?? {}).filter((one) => checksOf(host, name).includes(one)))
          void test(check, () =>
            visiting(options(), (visit) => meets(visit, check, () => host.checks![check]!(visit))),
          );
      });
  });
};

const open = async (start: () => Promise<Engine>) => {
  const ends: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const site = await Site.open({ env: { TESSERA_SANDBOXED: '1' } });
    ends.push(() => site.close());
    await seed(site);
    const front = await Front.open(site.address);
    ends.push(() => front.close());
    const engine = await start();
    ends.push(() => engine.close());
    return { site, engine, front: front.address, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** One visit for all of the contract, because the later checks look at what the earlier ones did to the page. */
const testContract = (host: FoundHost, name: EngineName, options: () => VisitOptions): void => {
  const checks = contractOf(host);
  if (checks.length === 0) return;
  void describe('the contract', () => {
    let visit: Visit;
    let isUpgraded = false;
    const look = async (check: ContractCheck): Promise<void> => {
      // Nothing else can be found out quickly about a page on which nothing lives
      if (!isUpgraded && (check === 'usable' || check === 'saves')) throw new Error('The elements are not upgraded.');
      await probe[check](visit);
      if (check === 'upgraded') isUpgraded = true;
    };
    before(async () => {
      visit = await Visit.begin(options());
      await visit.open();
    });
    after(() => visit?.end());
    for (const check of checks) void test(check, () => meets(visit, check, () => look(check)));
  });
};

const visiting = async (options: VisitOptions, look: (visit: Visit) => Promise<void>): Promise<void> => {
  const visit = await Visit.begin(options);
  try {
    await look(visit);
  } finally {
    await visit.end();
  }
};

/** Milliseconds that are given to what is not expected to happen. */
const shortPatience = 6_000;

/** What is a known gap has to fail; when it holds, the list of gaps is what is wrong. */
const meets = async (visit: Visit, check: string, look: () => Promise<void>): Promise<void> => {
  const gap = gapOf(visit.host, visit.engine.name, check);
  if (!gap) return look();
  const { patience } = visit;
  visit.patience = shortPatience;
  const failure = await look().then(
    () => undefined,
    (error: unknown) => error,
  );
  visit.patience = patience;
  assert.ok(failure, `This gap has closed, take it out of known-gaps.ts: "${gap.reason}"`);
};
