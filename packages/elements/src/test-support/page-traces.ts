/** What code may leave behind on a page, as one can count it from outside. */
export interface PageTraces {
  readonly listeners: readonly string[];
  readonly timers: number;
  readonly sheets: number;
  readonly globals: readonly PropertyKey[];
  readonly databases: number;
  readonly channels: number;
  readonly locks: number;
}

interface Counting {
  now(): Promise<PageTraces>;
  /** Gives the page its own functions back. */
  stop(): void;
}

type Patched = Record<string, unknown>;

/** Counts from now on what is added and taken away: long-lived targets only, since nodes take theirs along. */
export const countTraces = (): Counting => {
  const undo: (() => void)[] = [];
  const patch = (owner: object, name: string, make: (real: (...args: never[]) => unknown) => unknown): void => {
    const real = (owner as Patched)[name] as (...args: never[]) => unknown;
    (owner as Patched)[name] = make(real);
    undo.push(() => void ((owner as Patched)[name] = real));
  };
  const listeners = countListeners(patch);
  const timers = countTimers(patch);
  const databases = countOpen(patch, IDBFactory.prototype, 'open', (request: IDBOpenDBRequest, opened) =>
    request.addEventListener('success', () => opened(request.result)),
  );
  const channels = countChannels(undo);
  return {
    now: async () => ({
      listeners: listeners(),
      timers: timers(),
      sheets: document.adoptedStyleSheets.length,
      globals: Reflect.ownKeys(globalThis),
      databases: databases(),
      channels: channels(),
      locks: ((await navigator.locks.query()).held ?? []).length,
    }),
    stop: () => undo.forEach((one) => one()),
  };
};

type Patch = (owner: object, name: string, make: (real: (...args: never[]) => unknown) => unknown) => void;

const isLongLived = (target: unknown): boolean =>
  target === window || target === document || target === document.documentElement || target instanceof MediaQueryList;

const countListeners = (patch: Patch): (() => readonly string[]) => {
  const live = new Map<unknown, string>();
  const keyOf = new Map<unknown, Map<string, symbol>>();
  const key = (listener: unknown, type: string): symbol => {
    const known = keyOf.get(listener) ?? new Map<string, symbol>();
    keyOf.set(listener, known);
    if (!known.has(type)) known.set(type, Symbol(type));
    return known.get(type)!;
  };
  patch(EventTarget.prototype, 'addEventListener', (real) => {
    return function (this: unknown, type: string, listener: unknown, options?: boolean | AddEventListenerOptions) {
      const target = this ?? window;
      const { signal, once } = typeof options === 'object' ? options : ({} as AddEventListenerOptions);
      if (isLongLived(target) && listener && !once && !signal?.aborted) {
        live.set(key(listener, type), `${target === window ? 'window' : 'document'} ${type}`);
        if (signal) real.call(signal, ...(['abort', () => live.delete(key(listener, type))] as never[]));
      }
      return real.call(target, ...([type, listener, options] as never[]));
    };
  });
  patch(EventTarget.prototype, 'removeEventListener', (real) => {
    return function (this: unknown, type: string, listener: unknown, options?: unknown) {
      live.delete(key(listener, type));
      return real.call(this ?? window, ...([type, listener, options] as never[]));
    };
  });
  return () => [...live.values()].sort();
};

const countTimers = (patch: Patch): (() => number) => {
  const live = new Set<unknown>();
  for (const name of ['setTimeout', 'setInterval']) {
    patch(window, name, (real) => (work: (...args: unknown[]) => void, ...rest: unknown[]) => {
      const over = (...args: unknown[]): void => {
        if (name === 'setTimeout') live.delete(id);
        work(...args);
      };
      const id = real.call(window, ...([over, ...rest] as never[]));
      live.add(id);
      return id;
    });
  }
  for (const name of ['clearTimeout', 'clearInterval']) {
    patch(window, name, (real) => (id: unknown) => {
      live.delete(id);
      return real.call(window, ...([id] as never[]));
    });
  }
  return () => live.size;
};

const countOpen = <R>(
  patch: Patch,
  owner: object,
  name: string,
  follow: (result: R, opened: (one: IDBDatabase) => void) => void,
): (() => number) => {
  const live = new Set<unknown>();
  patch(owner, name, (real) => {
    return function (this: unknown, ...args: unknown[]) {
      const result = real.call(this, ...(args as never[])) as R;
      follow(result, (one) => live.add(one));
      return result;
    };
  });
  patch(IDBDatabase.prototype, 'close', (real) => {
    return function (this: unknown) {
      live.delete(this);
      return real.call(this);
    };
  });
  return () => live.size;
};

const countChannels = (undo: (() => void)[]): (() => number) => {
  const Real = globalThis.BroadcastChannel;
  const live = new Set<BroadcastChannel>();
  globalThis.BroadcastChannel = class extends Real {
    constructor(name: string) {
      super(name);
      live.add(this);
    }

    override close(): void {
      live.delete(this);
      super.close();
    }
  };
  undo.push(() => void (globalThis.BroadcastChannel = Real));
  return () => live.size;
};
