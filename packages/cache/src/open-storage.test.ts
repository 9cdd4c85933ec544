import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { openStorage } from './open-storage.ts';
import { textStorage } from './testing/text-storage.ts';

/** What a page hears while a storage is opened in it, and whether anybody still wants to. */
const listening = (): readonly AbortSignal[] => {
  const signals: AbortSignal[] = [];
  const addEventListener = (_type: string, _listener: unknown, { signal }: { readonly signal: AbortSignal }): void =>
    void signals.push(signal);
  Object.assign(globalThis, { addEventListener });
  return signals;
};

/** A browser in which databases do not open. */
const without = (open: () => unknown) => ({ indexedDB: Object.assign(new IDBFactory(), { open }), IDBKeyRange });

const refusals: Readonly<Record<string, () => unknown>> = {
  'refuses to open': () => {
    throw new DOMException('denied', 'SecurityError');
  },
  'never opens': () => new EventTarget(),
};

/** What work comes to, while time flies. */
const inItsTime = async <T>({ mock: { timers } }: TestContext, work: Promise<T>): Promise<T> => {
  let isOver = false;
  void work.finally(() => (isOver = true));
  while (!isOver) {
    timers.tick(1_000);
    await new Promise(setImmediate);
  }
  return work;
};

describe('a database that', () => {
  for (const [how, open] of Object.entries(refusals))
    it(`${how} leaves nothing at the window, and what is to be made meanwhile is made`, async (context) => {
      const signals = listening();
      context.after(() => Reflect.deleteProperty(globalThis, 'addEventListener'));
      context.mock.timers.enable({ apis: ['setTimeout'] });
      const options = { indexedDb: without(open), localStorage: textStorage() };
      const opening = openStorage('one', options, async () => 'made');
      const opened = await inItsTime(context, opening);
      assert.deepEqual([opened.made, opened.storage.kind, opened.isMakeshift], ['made', 'localstorage', true]);
      assert.notEqual(signals.length, 0);
      assert.ok(signals.every(({ aborted }) => aborted));
      opened.storage.close();
    });
});
