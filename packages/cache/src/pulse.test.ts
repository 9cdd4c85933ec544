import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { Pulse } from './pulse.ts';

/** A tab whose time passes when told to; `answers` says whether somebody leads and lives. */
const tab = ({ answers = true } = {}) => {
  const state = { answers, isNeeded: true, now: 0, asked: 0, stolen: 0 };
  const pulse: Pulse = new Pulse({
    isNeeded: () => state.isNeeded,
    ask: () => {
      state.asked++;
      if (state.answers) pulse.heard();
    },
    silent: () => void state.stolen++,
    now: () => state.now,
  });
  /** Lets time pass, in which timers run as they should. */
  const pass = (milliseconds: number): void => {
    for (let n = 0; n < milliseconds; n += 100) {
      state.now += 100;
      mock.timers.tick(100);
    }
  };
  return { state, pulse, pass };
};

describe('The pulse of a tab that leads', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('is felt as long as it is needed, and not otherwise', () => {
    const { state, pulse, pass } = tab();
    pulse.look();
    assert.equal(state.asked, 1);
    pass(60_000);
    assert.equal(state.asked, 31);
    assert.equal(state.stolen, 0);
    state.isNeeded = false;
    pulse.look();
    pass(60_000);
    assert.equal(state.asked, 31);
  });

  it('has stopped after five seconds of silence', () => {
    const { state, pulse, pass } = tab();
    pulse.look();
    pass(10_000);
    state.answers = false;
    pass(5_000);
    assert.equal(state.stolen, 0);
    pass(2_000);
    assert.equal(state.stolen, 1);
  });

  it('is heard in whatever it says, and then it is seldom asked', () => {
    const { state, pulse, pass } = tab({ answers: false });
    pulse.look();
    for (let n = 0; n < 120; n++) {
      pass(500);
      pulse.heard();
    }
    assert.equal(state.stolen, 0);
    assert.ok(state.asked <= 4);
  });

  it('is listened to anew by a tab that was frozen itself', () => {
    const { state, pulse, pass } = tab();
    pulse.look();
    pass(10_000);
    state.answers = false;
    // nothing ran meanwhile
    state.now += 600_000;
    pass(4_000);
    assert.equal(state.stolen, 0);
    pass(4_000);
    assert.equal(state.stolen, 1);
  });

  it('is not judged by a tab whose timers run once a minute', () => {
    const { state, pulse } = tab({ answers: false });
    pulse.look();
    for (let n = 0; n < 10; n++) {
      state.now += 60_000;
      mock.timers.tick(2_000);
    }
    assert.equal(state.stolen, 0);
    assert.equal(state.asked, 11);
  });

  it('does not depend on what day it is', () => {
    const { state, pulse, pass } = tab();
    const asked = mock.method(Date, 'now', () => 0);
    pulse.look();
    pass(4_000);
    state.answers = false;
    pass(8_000);
    assert.equal(state.stolen, 1);
    assert.equal(asked.mock.callCount(), 0);
    mock.restoreAll();
  });
});
