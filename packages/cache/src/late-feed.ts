import type { Feed, FeedOptions } from './feed.ts';
import type { FeedMessage } from './tabs.ts';

/** Milliseconds in which what is here already shows. */
const lull = 50;

/** The feed, whose code comes when somebody looks at something, or other tabs speak of it. */
export class LateFeed {
  readonly #options: FeedOptions;
  #feed: Feed | undefined;
  #coming: Promise<Feed | undefined> | undefined;
  #isPaused = false;
  #isStopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** @returns How to say that one does not look any more. */
  want(): () => void {
    const leaving = this.#come().then((feed) => feed?.want());
    return () => void leaving.then((leave) => leave?.());
  }

  restart(): void {
    this.#feed?.restart();
  }

  look(): void {
    if (this.#feed) this.#feed.look();
    else if (this.#options.isWaiting()) void this.#come();
  }

  led(): void {
    this.#feed?.led();
  }

  hear(message: FeedMessage): void {
    void this.#come().then((feed) => feed?.hear(message));
  }

  pause(): void {
    this.#isPaused = true;
    this.#feed?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#feed?.resume();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#feed?.stop();
  }

  /** What the page could not fetch it tries to fetch the next time. */
  #come(): Promise<Feed | undefined> {
    this.#coming ??= this.#shown()
      .then(() => import('./feed.ts'))
      .then(
        ({ Feed: Arrived }) => this.#begin(new Arrived(this.#options)),
        () => (this.#coming = undefined),
      );
    return this.#coming;
  }

  #shown(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#isStopped) this.#timer = setTimeout(resolve, lull);
    });
  }

  #begin(feed: Feed): Feed | undefined {
    if (this.#isStopped) return undefined;
    this.#feed = feed;
    if (this.#isPaused) feed.pause();
    feed.led();
    return feed;
  }
}
