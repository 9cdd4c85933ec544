import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CrmError } from '@tessera-crm/model/errors.js';
import type { Observer, Store } from '@tessera-crm/model/store.js';
import { SwitchingStore } from './switching-store.ts';

const gone = new CrmError('network', 'gone');
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

interface Fake extends Store {
  readonly observers: Set<Observer<unknown>>;
}

const fake = (name: string, failure?: CrmError): Fake => {
  const observers = new Set<Observer<unknown>>();
  const answer = async () => {
    if (failure) throw failure;
    return { id: name } as never;
  };
  return {
    observers,
    get: answer,
    list: answer,
    aggregate: answer,
    apply: answer,
    watch: (_module, _id, observer) => {
      observers.add(observer as Observer<unknown>);
      return () => void observers.delete(observer as Observer<unknown>);
    },
    watchList: () => () => {},
  };
};

const listen = (store: Store) => {
  const told: unknown[] = [];
  const stop = store.watch('things', '1', {
    next: (value) => void told.push(value),
    error: (error) => void told.push(error.code),
  });
  return { told, stop };
};

const say = (store: Fake, value: unknown): void => store.observers.forEach((observer) => observer.next(value));
const cry = (store: Fake, error: CrmError): void => store.observers.forEach((observer) => observer.error?.(error));

describe('a store that switches', () => {
  it('loads the real one on first use, once', async () => {
    let loads = 0;
    const store = new SwitchingStore(async () => (loads++, fake('one')));
    assert.equal(loads, 0);
    await Promise.all([store.get('things', '1'), store.get('things', '2')]);
    assert.equal(loads, 1);
  });

  it('says that loading failed, and tries again next time', async () => {
    const results = [Promise.reject(new Error('404')), Promise.resolve(fake('one'))];
    const store = new SwitchingStore(() => results.shift()!);
    await assert.rejects(store.get('things', '1'), { code: 'load-failed' });
    assert.deepEqual(await store.get('things', '1'), { id: 'one' });
  });

  it('tells watchers when loading failed', async () => {
    const store = new SwitchingStore(() => Promise.reject(new Error('404')));
    const { told } = listen(store);
    await settled();
    assert.deepEqual(told, ['load-failed']);
  });

  it('hears the old store until the new one speaks, and never again after', async () => {
    const [first, second] = [fake('first'), fake('second')];
    const store = new SwitchingStore(async () => first);
    const { told } = listen(store);
    await settled();
    say(first, 1);
    await store.expect(Promise.resolve(second));
    say(first, 2);
    assert.equal(first.observers.size, 1);
    say(second, 3);
    assert.equal(first.observers.size, 0);
    say(second, 4);
    assert.deepEqual(told, [1, 2, 3, 4]);
  });

  it('stops both stores when the watcher stops in between', async () => {
    const [first, second] = [fake('first'), fake('second')];
    const store = new SwitchingStore(async () => first);
    const { told, stop } = listen(store);
    await settled();
    await store.expect(Promise.resolve(second));
    stop();
    assert.deepEqual([first.observers.size, second.observers.size], [0, 0]);
    assert.deepEqual(told, []);
  });

  it('holds failures of the network back while a better store is expected', async () => {
    const [first, second] = [fake('first', gone), fake('second')];
    const store = new SwitchingStore(async () => first);
    const { told } = listen(store);
    await settled();
    const better = Promise.withResolvers<Store>();
    const expected = store.expect(better.promise);
    cry(first, gone);
    const answer = store.get('things', '1');
    await settled();
    assert.deepEqual(told, []);
    better.resolve(second);
    await expected;
    say(second, 1);
    assert.deepEqual(told, [1]);
    assert.deepEqual(await answer, { id: 'second' });
  });

  it('tells the failures it held back when no better store comes', async () => {
    const first = fake('first', gone);
    const store = new SwitchingStore(async () => first);
    const { told } = listen(store);
    await settled();
    const better = Promise.withResolvers<Store | null>();
    const expected = store.expect(better.promise);
    cry(first, gone);
    const answer = store.get('things', '1');
    better.reject(new Error('no storage'));
    await expected;
    await assert.rejects(answer, { code: 'network' });
    assert.deepEqual(told, ['network']);
  });

  it('tells other failures at once', async () => {
    const first = fake('first', new CrmError('forbidden', 'no'));
    const store = new SwitchingStore(async () => first);
    void store.expect(new Promise(() => {}));
    await assert.rejects(store.get('things', '1'), { code: 'forbidden' });
  });

  it('answers nothing of the old identity once it is closed', async () => {
    const first = fake('first');
    const store = new SwitchingStore(async () => first);
    const { told } = listen(store);
    await settled();
    const underWay = store.get('things', '1');
    store.close();
    say(first, 1);
    await assert.rejects(underWay, { code: 'aborted' });
    await assert.rejects(store.get('things', '1'), { code: 'aborted' });
    assert.deepEqual(told, []);
    assert.equal(first.observers.size, 0);
  });
});
