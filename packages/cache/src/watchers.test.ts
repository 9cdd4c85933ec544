import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordKey } from './entry.ts';
import { Watchers, type Changes } from './watchers.ts';

const neri = { id: 'neri', version: 1 };

describe('Watchers', () => {
  it('tell each of what it watches, once for all changes of one moment', async () => {
    const watchers = new Watchers();
    const heard: { readonly name: string; readonly changes: Changes }[] = [];
    const watch = (...of: string[]) =>
      watchers.add({ of, look: (changes) => void heard.push({ name: of.join(), changes }) });
    watch('accounts', 'contacts');
    watch('deals');
    watch(recordKey('accounts', 'neri'));
    watch(recordKey('accounts', 'verdi'));
    watch('accounts')();
    watchers.changed('accounts', 'neri', { before: neri, at: 1 });
    watchers.changed('accounts', 'neri', { before: undefined, at: 2 });
    watchers.changed('contacts', 'rossi', { before: undefined, at: 2 });
    assert.equal(heard.length, 0);
    await Promise.resolve();
    const names = heard.map(({ name }) => name);
    assert.deepEqual(names.toSorted(), ['accounts,contacts', recordKey('accounts', 'neri')]);
    assert.deepEqual(heard[0]?.changes.get('accounts')?.get('neri'), { before: neri, at: 2 });
  });

  it('tell everybody, though one of them fails, of which the page hears', (context) => {
    const watchers = new Watchers();
    const { queueMicrotask: soon } = globalThis;
    const put: (() => void)[] = [];
    globalThis.queueMicrotask = (task) => void put.push(task);
    context.after(() => (globalThis.queueMicrotask = soon));
    watchers.add({
      of: ['accounts'],
      look() {
        throw new RangeError('no');
      },
    });
    let isTold = false;
    watchers.add({ of: ['accounts'], look: () => void (isTold = true) });
    watchers.changed('accounts', 'neri', { before: undefined, at: 1 });
    watchers.tell();
    assert.equal(isTold, true);
    assert.throws(put.at(-1)!, RangeError);
  });

  it('tell nobody who left meanwhile', () => {
    const watchers = new Watchers();
    let leave = (): void => {};
    watchers.add({ of: ['accounts'], look: () => leave() });
    let isTold = false;
    leave = watchers.add({ of: ['accounts'], look: () => void (isTold = true) });
    watchers.changed('accounts', 'neri', { before: undefined, at: 1 });
    watchers.tell();
    assert.equal(isTold, false);
  });
});
