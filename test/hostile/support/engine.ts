import type { Page } from 'playwright-core';

export const engineNames = ['chromium', 'firefox', 'webkit'] as const;

export type EngineName = (typeof engineNames)[number];

/** A place in the window, in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** One page of a browser, driven as a person drives it: what is clicked and typed comes as real input. */
export interface Tab {
  /** Playwright's page, for what only Chromium's driver can do; undefined elsewhere. */
  readonly page: Page | undefined;
  /** Errors of the console that the browser itself told, from the first byte of the page on. */
  readonly complaints: readonly string[];
  /** Resolves when the document has loaded. */
  open(address: string): Promise<void>;
  /** Until the next `open`, all but pictures goes to the page's one frame, of whatever origin. */
  enterFrame(): Promise<void>;
  /** Runs a function in the page; it sees nothing of what is around it here. Arguments and result are JSON. */
  evaluate<A extends readonly unknown[], T>(run: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  /** Runs the text of a script in the page, whatever policy the page has. */
  inject(source: string): Promise<void>;
  click(point: Point): Promise<void>;
  /** Presses at the first point, moves through all, lets go at the last. */
  drag(path: readonly Point[]): Promise<void>;
  /** Types into what has the focus. */
  type(text: string): Promise<void>;
  /** Presses one key, as `Tab`, `Shift+Tab`, `Enter`. */
  press(key: string): Promise<void>;
  /** A picture in PNG of a part of the window; of the whole window without `clip`. */
  picture(clip?: Box): Promise<Buffer>;
  close(): Promise<void>;
}

export interface TabOptions {
  /** Pixels; 1280 by 900 unless told. */
  readonly width?: number;
  readonly height?: number;
}

/** A running browser. Every tab of it has storage of its own. */
export interface Engine {
  readonly name: EngineName;
  readonly version: string;
  newTab(options?: TabOptions): Promise<Tab>;
  close(): Promise<void>;
}

export const windowSize = { width: 1280, height: 900 } as const;
