import type { Point } from './geometry.ts';

/** One thing on its way from where it was taken to where it is dropped. */
export interface Drag<T> {
  readonly item: T;
  /** Where it was taken hold of. */
  readonly from: Point;
  /** Where the pointer is now. */
  readonly at: Point;
}

export interface DragPlan<T> {
  /** What a press takes hold of; undefined where nothing can be dragged. */
  take(event: PointerEvent): T | undefined;
  /** The thing leaves its place. */
  start(drag: Drag<T>): void;
  /** Called at most once per frame. @returns Whether to be called again without the pointer moving. */
  move(drag: Drag<T>): boolean;
  drop(drag: Drag<T>): void;
  /** Escape, a second finger, a lost window: everything goes back. */
  cancel(drag: Drag<T>): void;
}

/** A mouse that moved this far drags, px; less is a click. */
const threshold = 4;

/** A finger that rests this long takes hold, ms; before that, moving scrolls as ever. */
const longPress = 250;

/** Events that follow each other faster than this are more than one per frame, ms. */
const shortFrame = 6;

/** How far a resting finger may stray, px. */
const stray = 8;

/**
 * Drags by mouse, pen and finger over pointer events: no HTML drag and drop, which knows no touch and no shadow roots.
 * Listens on the window, so that a gesture ends wherever it ends, and on nothing at all between gestures.
 */
export class PointerDrag<T> {
  readonly #plan: DragPlan<T>;
  #gesture: Gesture<T> | undefined;

  constructor(plan: DragPlan<T>) {
    this.#plan = plan;
  }

  get isActive(): boolean {
    return this.#gesture?.isDragging ?? false;
  }

  /** For `pointerdown` of whatever holds the things; that element then receives the pointer's events. */
  readonly press = (event: PointerEvent): void => {
    if (this.#gesture) {
      this.cancel();
      return;
    }
    if (event.button !== 0 || !event.isPrimary || event.ctrlKey || event.defaultPrevented) return;
    const item = this.#plan.take(event);
    if (item === undefined) return;
    this.#gesture = new Gesture(this.#plan, item, event, () => (this.#gesture = undefined));
  };

  /** Ends a gesture under way as if it had never begun. */
  cancel(): void {
    this.#gesture?.end('cancel');
  }
}

class Gesture<T> {
  readonly #plan: DragPlan<T>;
  readonly #item: T;
  readonly #surface: HTMLElement;
  readonly #pointer: number;
  readonly #from: Point;
  readonly #over = new AbortController();
  readonly #done: () => void;
  #at: Point;
  #frame = 0;
  #timer = 0;
  #movedAt = 0;
  isDragging = false;

  constructor(plan: DragPlan<T>, item: T, event: PointerEvent, done: () => void) {
    this.#plan = plan;
    this.#item = item;
    this.#surface = event.currentTarget as HTMLElement;
    this.#pointer = event.pointerId;
    this.#from = this.#at = { x: event.clientX, y: event.clientY };
    this.#done = done;
    if (event.pointerType !== 'mouse') this.#timer = window.setTimeout(() => this.#begin(), longPress);
    this.#listen();
  }

  #listen(): void {
    const { signal } = this.#over;
    const early = { signal, capture: true };
    addEventListener('pointermove', (event) => this.#track(event), early);
    addEventListener('pointerup', (event) => event.pointerId === this.#pointer && this.end('drop'), early);
    addEventListener('pointercancel', (event) => event.pointerId === this.#pointer && this.end('cancel'), early);
    addEventListener('keydown', (event) => this.#key(event), early);
    addEventListener('blur', (event) => event.target === window && this.end('cancel'), early);
    // Links and images would start the browser's own dragging, a held finger its menu
    for (const name of ['dragstart', 'contextmenu', 'selectstart'])
      addEventListener(name, (event) => event.preventDefault(), early);
    // Once held, a finger must not scroll; only a listener that was there from the first touch may forbid it
    this.#surface.addEventListener('touchmove', (event) => this.isDragging && event.preventDefault(), {
      signal,
      passive: false,
    });
  }

  #track(event: PointerEvent): void {
    if (event.pointerId !== this.#pointer) return;
    this.#at = { x: event.clientX, y: event.clientY };
    if (this.isDragging) this.#ask();
    else {
      const far = Math.hypot(this.#at.x - this.#from.x, this.#at.y - this.#from.y);
      if (!this.#timer && far >= threshold) this.#begin();
      else if (this.#timer && far > stray) this.end('none');
    }
  }

  #key(event: KeyboardEvent): void {
    if (!this.isDragging) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') this.end('cancel');
  }

  #begin(): void {
    this.#timer = 0;
    this.isDragging = true;
    try {
      this.#surface.setPointerCapture(this.#pointer);
    } catch {
      // The pointer was lifted in the meantime: its last event ends the gesture
    }
    this.#plan.start(this.#drag);
    this.#ask();
  }

  /** Moves at once, for browsers send one event per frame; those that come faster wait for the next frame. */
  #ask(): void {
    if (this.#frame) return;
    if (performance.now() - this.#movedAt >= shortFrame) this.#move();
    else this.#frame = requestAnimationFrame(() => this.#move());
  }

  #move(): void {
    this.#frame = 0;
    this.#movedAt = performance.now();
    if (this.#plan.move(this.#drag)) this.#frame = requestAnimationFrame(() => this.#move());
  }

  end(how: 'drop' | 'cancel' | 'none'): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#done();
    if (!this.isDragging) return;
    if (this.#surface.hasPointerCapture(this.#pointer)) this.#surface.releasePointerCapture(this.#pointer);
    swallowClick();
    if (how === 'drop') this.#plan.drop(this.#drag);
    else this.#plan.cancel(this.#drag);
  }

  get #drag(): Drag<T> {
    return { item: this.#item, from: this.#from, at: this.#at };
  }
}

/** The click that follows the release of a button is no click on what lies below. */
const swallowClick = (): void => {
  const over = new AbortController();
  addEventListener(
    'click',
    (event) => {
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true, once: true, signal: over.signal },
  );
  setTimeout(() => over.abort());
};
