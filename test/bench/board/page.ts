/** What both pages offer to the run: the same cards, and handles for the same gestures. */
export interface Bench {
  /** Makes the data, which is not measured. */
  prepare(count: number): void;
  mount(): Promise<Mounted>;
  /** A place on a card of a column, px on the screen. */
  card(column: number, row: number): Place;
  /** The middle of a column. */
  column(index: number): Place;
  /** How many cards each column counts. */
  counts(): readonly number[];
  nodes(): number;
}

interface Mounted {
  /** Until the cards were on the screen, ms. */
  readonly first: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Implementation {
  prepare(count: number): void;
  mount(host: HTMLElement): void;
  isThere(): boolean;
  columns(): readonly Element[];
  cards(column: Element): readonly Element[];
  counts(): readonly number[];
}

const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => resolve(), { once: true });
      port1.start();
      port2.postMessage(null);
    });
  });

/** Every node of the page, those in shadow roots included. */
const nodesIn = (node: Node): number => {
  const inShadow = node instanceof Element && node.shadowRoot ? nodesIn(node.shadowRoot) : 0;
  return [...node.childNodes].reduce((sum, child) => sum + nodesIn(child), 1 + inShadow);
};

const placeOf = (element: Element, right: number, down: number): Place => {
  const { left, top } = element.getBoundingClientRect();
  return { x: left + right, y: top + down };
};

export const offer = (ours: Implementation): void => {
  const bench: Bench = {
    prepare: (count) => ours.prepare(count),
    async mount() {
      const start = performance.now();
      ours.mount(document.querySelector<HTMLElement>('#host')!);
      do await painted();
      while (!ours.isThere());
      return { first: performance.now() - start };
    },
    card: (column, row) => placeOf(ours.cards(ours.columns()[column]!)[row]!, 60, 40),
    column: (index) => placeOf(ours.columns()[index]!, 100, 160),
    counts: () => ours.counts(),
    nodes: () => nodesIn(document),
  };
  Object.assign(globalThis, { bench });
};
