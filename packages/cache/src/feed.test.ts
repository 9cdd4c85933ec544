import type { FollowOptions, SyncDoor } from '@tessera-crm/model/sync-door.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { Feed } from './feed.ts';
import type { Leadership } from './leadership.ts';
import type { FeedMessage } from './tabs.ts';
import { Truth } from './truth.ts';

let now = 0;

/** A tab that leads or does not, what it says, and the streams that it follows. */
const tab = ({ isLeader = true, isWaiting = false } = {}) => {
  const said: FeedMessage[] = [];
  const signals: AbortSignal[] = [];
  const leadership = { isLeader, isAlone: false, stolen: 0, steal: () => void leadership.stolen++ };
  const state = { isWaiting };
  const door = {
    async *follow({ signal }: FollowOptions) {
      signals.push(signal);
      yield { type: 'open', cursor: undefined };
    },
  } as unknown as SyncDoor;
  const feed = new Feed({
    door,
    truth: new Truth({ changed: () => {}, stepped: () => {}, rightsChanged: () => {} }),
    leadership: leadership as unknown as Leadership,
    tell: (message) => void said.push(message),
    isWaiting: () => state.isWaiting,
    reach: (answer) => answer,
    reached: () => {},
    heard: () => {},
    unsure: () => {},
    reset: async () => {},
  });
  const open = () => signals.filter(({ aborted }) => !aborted).length;
  return { feed, said, leadership, state, open };
};

const pass = (milliseconds: number): void => {
  for (let n = 0; n < milliseconds; n += 500) {
    now += 500;
    mock.timers.tick(500);
  }
};

const leads = (of: string): FeedMessage => ({ type: 'leads', tab: of, stands: { at: null, aclSeq: 0, lost: null } });

describe('The feed of a tab', () => {
  beforeEach(() => {
    now = 0;
    mock.timers.enable({ apis: ['setTimeout'] });
    mock.method(performance, 'now', () => now);
  });
  afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
  });

  it('goes on for a while when nobody looks any more: somebody may come back', () => {
    const { feed, open } = tab();
    const stop = feed.want();
    assert.equal(open(), 1);
    stop();
    pass(20_000);
    feed.want()();
    pass(20_000);
    assert.equal(open(), 1);
    pass(20_000);
    assert.equal(open(), 0);
  });

  it('is followed for another tab as long as that one says that it wants it, and no longer', () => {
    const { feed, open } = tab();
    for (let n = 0; n < 5; n++) {
      feed.hear({ type: 'want', tab: 'other', isFollowing: true });
      pass(60_000);
    }
    assert.equal(open(), 1);
    // it was killed, and says nothing
    pass(31_000);
    assert.equal(open(), 0);
    feed.hear({ type: 'want', tab: 'other', isFollowing: true });
    assert.equal(open(), 1);
    feed.hear({ type: 'unwanted', tab: 'other' });
    assert.equal(open(), 0);
  });

  it('is not followed for a tab that only has something to send, which hears that somebody leads', () => {
    const { feed, said, open } = tab();
    feed.hear({ type: 'want', tab: 'other', isFollowing: false });
    assert.equal(open(), 0);
    assert.deepEqual(
      said.map(({ type }) => type),
      ['leads'],
    );
  });

  it('is asked for by a tab that does not lead, again as soon as another one leads', () => {
    const { feed, said, open, leadership } = tab({ isLeader: false });
    feed.want();
    const wants = () => said.filter(({ type }) => type === 'want').length;
    assert.equal(wants(), 1);
    feed.hear(leads('one'));
    assert.equal(wants(), 2);
    feed.hear(leads('one'));
    assert.equal(wants(), 2);
    feed.hear(leads('other'));
    assert.equal(wants(), 3);
    assert.equal(open(), 0);
    pass(8_000);
    assert.equal(leadership.stolen, 1);
  });

  it('is begun anew once when all tabs say that the network is back', () => {
    const { feed, open } = tab();
    feed.want();
    let begun = 0;
    for (let n = 0; n < 5; n++) {
      pass(1_500);
      feed.hear({ type: 'restart' });
      feed.hear({ type: 'restart' });
      begun++;
      assert.equal(open(), 1);
    }
    assert.equal(begun, 5);
  });

  it('stops while the page is away, for others too, and is asked for again afterwards', () => {
    const { feed, said, open, leadership } = tab();
    feed.want();
    feed.hear({ type: 'want', tab: 'other', isFollowing: true });
    feed.pause();
    assert.equal(open(), 0);
    assert.equal(said.at(-1)?.type, 'unwanted');
    feed.hear({ type: 'want', tab: 'other', isFollowing: true });
    assert.equal(open(), 0);
    leadership.isLeader = false;
    feed.resume();
    assert.equal(open(), 0);
    assert.equal(said.at(-1)?.type, 'want');
    leadership.isLeader = true;
    feed.led();
    assert.equal(open(), 1);
  });
});
