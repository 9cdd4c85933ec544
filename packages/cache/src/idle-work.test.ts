import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { breathing } from './breathe.ts';
import { IdleWork } from './idle-work.ts';

/** Idle when the test says so. */
const idleness = () => {
  const waiting = new Set<() => void>();
  const whenIdle = (work: () => void): (() => void) => {
    waiting.add(work);
    return () => void waiting.delete(work);
  };
  const beIdle = (): void => {
    for (const work of waiting) {
      waiting.delete(work);
      work();
    }
  };
  return { whenIdle, beIdle, waiting };
};

describe('idle work', () => {
  it('is done once when the page is idle, however often it was asked for', async () => {
    const { whenIdle, beIdle, waiting } = idleness();
    let times = 0;
    const work = new IdleWork(async () => void times++, whenIdle);
    work.soon();
    work.soon();
    assert.deepEqual([times, waiting.size], [0, 1]);
    beIdle();
    await work.stop();
    assert.equal(times, 1);
  });

  it('is done once more when it is asked for while it runs, and never twice at a time', async () => {
    const { whenIdle, waiting } = idleness();
    let running = 0;
    const work = new IdleWork(async () => {
      assert.equal(++running, 1);
      work.soon();
      await new Promise((resolve) => setTimeout(resolve));
      running--;
    }, whenIdle);
    await Promise.all([work.now(), work.now()]);
    assert.equal(waiting.size, 1);
  });

  it('fails without a word, and is done the next time', async () => {
    const { whenIdle, beIdle, waiting } = idleness();
    let times = 0;
    const work = new IdleWork(async () => {
      times++;
      throw new Error('no room');
    }, whenIdle);
    await work.now();
    work.soon();
    beIdle();
    await work.now();
    assert.deepEqual([times, waiting.size], [3, 0]);
  });

  it('does not begin once it was stopped, which waits for what runs', async () => {
    const { whenIdle, beIdle, waiting } = idleness();
    const steps: string[] = [];
    const work = new IdleWork(async () => {
      steps.push('begun');
      await new Promise((resolve) => setTimeout(resolve));
      steps.push('done');
    }, whenIdle);
    work.soon();
    beIdle();
    await work.stop();
    assert.deepEqual(steps, ['begun', 'done']);
    work.soon();
    await work.now();
    assert.deepEqual([steps.length, waiting.size], [2, 0]);
  });
});

describe('work in pieces', () => {
  it('lets others have their turn', async () => {
    const breathe = breathing();
    const turn = new Promise<'had'>((resolve) => setTimeout(() => resolve('had')));
    // would go on for ever if it never let anybody
    for (let had: unknown; had !== 'had'; had = await Promise.race([turn, breathe()]));
  });
});
