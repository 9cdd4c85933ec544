// What sinon's fake timers do to a clock: it stands, at the beginning of time.
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...facts) {
    super(...(facts.length === 0 ? [0] : facts));
  }
  static now() {
    return 0;
  }
};
