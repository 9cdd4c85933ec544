// A machine whose clock is a day late.
const Real = Date;
const late = 86_400_000;
globalThis.Date = class extends Real {
  constructor(...facts) {
    super(...(facts.length === 0 ? [Real.now() - late] : facts));
  }
  static now() {
    return Real.now() - late;
  }
};
