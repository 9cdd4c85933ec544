import fc from 'fast-check';
import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { isCrmError } from '../errors.ts';
import type { AnyRecord, Module } from '../module.ts';
import { recordSchema } from '../schema.ts';
import { arbitraryDraft } from '../testing/arbitrary.ts';
import { RuleBench } from '../testing/rule-bench.ts';
import { builtIn } from './built-in.ts';

/** Of which hardly any text is right. */
const fiscal = ['vatNumber', 'taxCode', 'iban', 'sdiCode'];

/** Links lead nowhere in random drafts; without them more of the rules is reached. */
const withoutLinks = (module: Module, draft: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(draft).filter(([name]) => {
      const { options, presence } = module.fields[name]!;
      return presence === 'required' || !('to' in options || fiscal.includes(name));
    }),
  );

/** What comes of it: a record, or nothing when it is refused with reasons. Anything else is a failure of ours. */
const attempt = async (work: Promise<AnyRecord>): Promise<AnyRecord | null> => {
  try {
    return await work;
  } catch (error) {
    assert.ok(isCrmError(error), String((error as Error).stack));
    assert.ok(error.issues.length > 0, `${error.code} without issues`);
    for (const { code } of error.issues) assert.match(code, /^[a-z]+([-.][a-z]+)*$/);
    return null;
  }
};

/** Records for required links to lead to. */
const surroundings = async (bench: RuleBench): Promise<Readonly<Record<string, AnyRecord>>> => {
  const pipelines = await bench.add('pipelines', { name: 'Sales' });
  const stages = await bench.add('stages', { pipeline: pipelines.id, name: 'New', kind: 'open' });
  const accounts = await bench.add('accounts', { name: 'Neri' });
  const contacts = await bench.add('contacts', { name: { last: 'Rossi' } });
  const deals = await bench.add('deals', { name: 'Mill', account: accounts.id, expectedCloseDate: '2026-09-30' });
  const users = await bench.add('users', { name: { last: 'Ada' }, email: 'ada@example.com' });
  bench.identity = { type: 'user', id: users.id, admin: true };
  return { pipelines, stages, accounts, contacts, deals, users };
};

/** Texts that are names of something. */
const needed: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { sharingRules: { module: 'deals' } };

describe('every module', () => {
  for (const module of Object.values(builtIn) as readonly Module[]) {
    test(`${module.key} takes any draft or refuses it with reasons, and keeps what its schema says`, async () => {
      const drafts = fc.tuple(arbitraryDraft(module.fields), arbitraryDraft(module.fields), fc.boolean());
      let taken = 0;
      await fc.assert(
        fc.asyncProperty(drafts, async ([draft, patch, bare]) => {
          const bench = new RuleBench();
          const known = await surroundings(bench);
          const links = Object.fromEntries(
            Object.entries(module.fields).flatMap(([name, { options, presence }]): [string, unknown][] => {
              if (presence === 'required' && 'to' in options && options.to === 'any')
                return [[name, { module: 'accounts', id: known['accounts']!.id }]];
              const to = 'to' in options ? known[String(options.to)] : undefined;
              return to && (presence === 'required' || name === 'account') ? [[name, to.id]] : [];
            }),
          );
          const values = { ...(bare ? withoutLinks(module, draft) : draft), ...links, ...needed[module.key] };
          const made = await attempt(bench.add(module.key, values));
          if (!made) return;
          taken++;
          assert.equal(recordSchema(module).safeParse(made).success, true);
          await attempt(bench.set(module.key, made, withoutLinks(module, patch)));
          for (const action of Object.keys(module.actions)) {
            await attempt(bench.act(module.key, made, action).then(() => made));
          }
          await attempt(bench.remove(module.key, made).then(() => made));
        }),
        { numRuns: 60, seed: 20_260_615 },
      );
      assert.ok(taken > 0, 'every draft was refused, which proves nothing');
    });
  }
});
