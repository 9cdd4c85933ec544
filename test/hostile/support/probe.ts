import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { Tab } from './engine.ts';
import type { ContractCheck } from './host.ts';
import { known, seen } from './known.ts';
import { pause, type Visit } from './visit.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The contract, check by check, in this order on one page. Each throws what is wrong. */
export const probe: Readonly<Record<ContractCheck, (visit: Visit) => Promise<void>>> = {
  upgraded: async (visit) => {
    await visit.shows('card', seen.contact);
    await visit.shows('history', seen.ticket);
    await visit.shows('board', seen.deal);
    await visit.shows('form', 'Subject');
    const undefinedOnes = await visit.tab.evaluate(() => document.querySelectorAll('#widgets :not(:defined)').length);
    assert.equal(undefinedOnes, 0);
  },

  'in-sight': async (visit) => {
    const boxes = await visit.tab.evaluate(() =>
      ['card', 'history', 'form', 'board'].map((id) => {
        const element = document.getElementById(id)!;
        const { width, height } = element.getBoundingClientRect();
        const { display, opacity, visibility } = getComputedStyle(element);
        return { id, width, height, display, opacity, visibility };
      }),
    );
    for (const { id, width, height, display, opacity, visibility } of boxes) {
      assert.ok(width > 150 && height > 100, `${id} is ${width} by ${height}`);
      assert.match(display, /^(block|flex|grid)$/, `${id} is ${display}`);
      assert.equal(`${opacity} ${visibility}`, '1 visible', id);
    }
  },

  usable: async (visit) => {
    await visit.click('card', 'button', seen.contact);
    assert.equal(await visit.heard('crm-open', 'card'), known.contact);
    await visit.click('history', 'button', seen.ticket);
    await visit.heard('crm-open', 'history');
    await visit.click('board', 'button', seen.deal);
    await visit.heard('crm-open', 'board');
  },

  saves: async (visit) => {
    const subject = `${visit.host.file} in ${visit.engine.name}`;
    const description = 'Since "yesterday", at 40 % – <b>really</b>.';
    // A field of rich text keeps what was typed as text
    const kept = '<p>Since "yesterday", at 40 % – &lt;b&gt;really&lt;/b&gt;.</p>';
    await visit.fill('form', 'Subject', subject);
    await visit.fill('form', 'Description', description);
    await visit.click('form', 'button', 'Send');
    const id = (await visit.heard('crm-save', 'form')) ?? '';
    const saved = await visit.saved('tickets', id);
    const { subject: savedSubject, description: savedText, contact, account } = saved;
    visit.forget('tickets', id);
    assert.deepEqual(
      { subject: savedSubject, description: savedText, contact, account },
      { subject, description: kept, contact: known.contact, account: known.account },
    );
  },

  accessible: async ({ tab }) => {
    assert.deepEqual(await axeFindings(tab), []);
  },

  quiet: async (visit) => {
    assert.deepEqual(await visit.complaints(), []);
  },

  'leaves-host-alone': async ({ tab }) => {
    const changed = await tab.evaluate(() => {
      const now = hostile.styles();
      return Object.entries(hostile.before.styles).flatMap(([canary, style]) =>
        Object.entries(style)
          .filter(([name, value]) => now[canary]?.[name] !== value)
          .map(([name, value]) => `${canary} ${name}: ${value} became ${now[canary]?.[name]}`),
      );
    });
    assert.deepEqual(changed, []);
  },

  'leaves-no-trace': async ({ tab }) => {
    await tab.evaluate(async () => {
      for (const one of hostile.instances) await one.destroy();
      document.querySelector('#widgets')!.replaceChildren();
    });
    assert.deepEqual(await tracesLeft(tab), []);
  },
};

/** What axe has against our elements, one line for each kind of offence. */
export const axeFindings = async (tab: Tab): Promise<readonly string[]> => {
  await tab.inject(axe);
  return tab.evaluate(async () => {
    const { axe: judge } = globalThis as unknown as { readonly axe: typeof Axe };
    const { violations } = await judge.run('#widgets', { resultTypes: ['violations'], preload: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' · ')}`);
  });
};

/** What axe leaves on a page. */
const ofAxe = ['globals: axe', 'globals: __core-js_shared__', 'listeners: message of Window'];

/** What of the page is not as it was before us, after half a second in which timers may run out. */
const tracesLeft = async (tab: Tab): Promise<readonly string[]> => {
  await pause(500);
  const [before, after] = await tab.evaluate((): [HostilePageTraces, HostilePageTraces] => [
    hostile.before.traces,
    hostile.traces(),
  ]);
  // A driver may have a timer of its own while it asks
  const first = await tab.evaluate(() => [...hostile.timers]);
  const timers = await tab.evaluate((ids) => ids.filter((id) => hostile.timers.has(id)).length, first);
  const more = (name: 'globals' | 'listeners' | 'attributes'): readonly string[] =>
    without(after[name], before[name]).map((one) => `${name}: ${one}`);
  const counts = (['sheets', 'head', 'body'] as const)
    .filter((name) => after[name] !== before[name])
    .map((name) => `${name}: ${before[name]} became ${after[name]}`);
  const all = [...more('globals'), ...more('listeners'), ...more('attributes'), ...counts];
  return [...without(all, ofAxe), ...(timers > 0 ? [`${timers} timers`] : [])];
};

/** @returns What is left of `all` when each of `some` is taken out once. */
const without = (all: readonly string[], some: readonly string[]): readonly string[] => {
  const left = [...all];
  for (const one of some) if (left.includes(one)) left.splice(left.indexOf(one), 1);
  return left;
};
