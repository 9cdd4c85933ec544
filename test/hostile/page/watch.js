// The first script of every page: notes what goes wrong from the very start, and what is left behind at the end. It
// changes nothing that a page could see, but that listeners and timers go through it.
(() => {
  const hostile = {
    errors: [],
    violations: [],
    events: [],
    listeners: new Set(),
    timers: new Set(),
    instances: [],
  };
  Object.defineProperty(globalThis, 'hostile', { value: hostile });

  addEventListener('error', (event) => {
    if (event.message) hostile.errors.push(event.message);
  });
  addEventListener('unhandledrejection', (event) => hostile.errors.push(String(event.reason)));
  addEventListener('securitypolicyviolation', (event) => {
    const { effectiveDirective, blockedURI, sample, sourceFile, lineNumber } = event;
    hostile.violations.push(`${effectiveDirective}: ${blockedURI} ${sample} ${sourceFile}:${lineNumber}`);
  });
  const { error } = console;
  console.error = (...words) => {
    hostile.errors.push(words.map(String).join(' '));
    error.apply(console, words);
  };

  for (const name of ['ready', 'load-error', 'error', 'auth-error', 'open', 'before-save', 'save', 'change', 'offline'])
    for (const prefix of ['crm', 'acme', 'shop'])
      addEventListener(`${prefix}-${name}`, ({ type, target, detail }) =>
        hostile.events.push({ type, target: target.id, code: detail?.code ?? detail?.error?.code, id: detail?.id }),
      );

  // What is heard by the whole page outlives an element; what an element hears goes with it.
  const isOfPage = (target) =>
    !(target instanceof Element) || target === document.documentElement || target === document.body;
  const keyOf = (target, type, listener, options) => ({
    target,
    type,
    listener,
    capture: Boolean(typeof options === 'object' ? options?.capture : options),
  });
  const find = (wanted) =>
    [...hostile.listeners].find(
      (one) =>
        one.target === wanted.target &&
        one.type === wanted.type &&
        one.listener === wanted.listener &&
        one.capture === wanted.capture,
    );
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = this ?? globalThis;
    add.call(target, type, listener, options);
    const isWanted = target === globalThis || target === document || (target instanceof Node && isOfPage(target));
    if (!isWanted || !listener || options?.signal?.aborted) return;
    const entry = keyOf(target, type, listener, options);
    if (find(entry)) return;
    hostile.listeners.add(entry);
    if (options?.signal) add.call(options.signal, 'abort', () => hostile.listeners.delete(entry), { once: true });
    if (options?.once) add.call(target, type, () => hostile.listeners.delete(entry), { once: true });
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    const target = this ?? globalThis;
    remove.call(target, type, listener, options);
    const entry = find(keyOf(target, type, listener, options));
    if (entry) hostile.listeners.delete(entry);
  };

  for (const [start, stop, repeats] of [
    ['setTimeout', 'clearTimeout', false],
    ['setInterval', 'clearInterval', true],
  ]) {
    const { [start]: original, [stop]: end } = globalThis;
    globalThis[start] = (task, delay, ...rest) => {
      const id = original(
        (...facts) => {
          if (!repeats) hostile.timers.delete(id);
          if (typeof task === 'function') task(...facts);
        },
        delay,
        ...rest,
      );
      hostile.timers.add(id);
      return id;
    };
    globalThis[stop] = (id) => {
      hostile.timers.delete(id);
      end(id);
    };
  }
})();
