import type { SyncDoor } from '@tessera-crm/model/sync-door.js';
import { newClientName } from './client-name.ts';
import { FeedHearing } from './feed-hearing.ts';
import { FeedStream, type Stands, type Told } from './feed-stream.ts';
import type { Leadership } from './leadership.ts';
import { namedIn } from './named-in.ts';
import { Pulse } from './pulse.ts';
import type { FeedMessage } from './tabs.ts';
import type { Truth } from './truth.ts';

export interface FeedOptions {
  readonly door: SyncDoor;
  readonly truth: Truth;
  readonly leadership: Leadership;
  readonly tell: (message: FeedMessage) => void;
  /** Whether something waits that only the tab that leads may send. */
  readonly isWaiting: () => boolean;
  /** Waits for an answer, and notes whether the server was reached. */
  readonly reach: <T>(answer: Promise<T>) => Promise<T>;
  readonly reached: (isOnline: boolean) => void;
  /** Something changed that is not here. */
  readonly heard: (module: string, id: string) => void;
  /** Nobody knows what happened: everything is to be asked again. */
  readonly unsure: () => void;
  /** So much was missed that what is kept counts for nothing. */
  readonly reset: () => Promise<void>;
}

/** Milliseconds for which it goes on when nobody wants it any more: somebody may come back. */
const patience = 30_000;

/** Milliseconds in which several modules that come to be wanted are asked for together. */
const collecting = 10;

/** Milliseconds for which a stream that was just begun is not begun again. */
const lull = 1_000;

/** Milliseconds after which a tab that said nothing more wants nothing more. In the background they speak once a minute. */
const longestWant = 90_000;

/**
 * What the server tells, as long as anybody looks at anything. One tab of a profile follows it, the one that leads, and
 * tells the others: browsers open few connections to a host, and each stream takes one.
 */
export class Feed {
  readonly #options: FeedOptions;
  readonly #hearing: FeedHearing;
  readonly #stream: FeedStream;
  readonly #pulse: Pulse;
  readonly #tab = newClientName();
  /** Other tabs that want it, until when, and of which modules: of all of them unless they say. */
  readonly #others = new Map<string, { readonly end: number; readonly modules: readonly string[] | undefined }>();
  #leader: string | undefined;
  #wants = 0;
  #isFollowing = false;
  #isPaused = false;
  #end: ReturnType<typeof setTimeout> | undefined;
  #forgetting: ReturnType<typeof setTimeout> | undefined;
  #widening: ReturnType<typeof setTimeout> | undefined;
  /** How many modules this tab last said that it wants to hear of. */
  #named = 0;

  constructor(options: FeedOptions) {
    this.#options = options;
    const { truth, leadership, isWaiting } = options;
    this.#hearing = new FeedHearing(options);
    this.#stream = new FeedStream({
      ...options,
      cursor: () => truth.standing.cursor,
      modules: () => this.#modules(),
      told: (told) => this.#told(told),
    });
    this.#pulse = new Pulse({
      isNeeded: () => !this.#isPaused && !leadership.isLeader && (this.#isFollowing || isWaiting()),
      ask: () => this.#ask(),
      silent: () => leadership.steal(),
    });
  }

  /** @returns How to say that one does not look any more. */
  want(): () => void {
    this.#wants++;
    clearTimeout(this.#end);
    if (!this.#isFollowing) this.#follow();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      if (--this.#wants > 0) return;
      this.#end = later(patience, () => this.#unfollow());
    };
  }

  /** Connects anew, where that may help: the network, or the page, came back. */
  restart(): void {
    if (this.#isPaused) return;
    this.#hearing.retry();
    if (this.#options.leadership.isLeader) this.#stream.restart();
    else if (this.#isFollowing) this.#tell({ type: 'restart' });
    this.#pulse.look();
  }

  /** What is known, or what waits, is another: it may have to be told again, or somebody is needed who sends it. */
  look(): void {
    this.#hearing.look();
    this.#pulse.look();
    this.#widen();
  }

  /** This tab leads from now on, or does not any more. */
  led(): void {
    this.#leader = undefined;
    if (this.#options.leadership.isLeader) this.#sayLeads();
    this.#arrange();
  }

  hear(message: FeedMessage): void {
    const { isLeader, isAlone } = this.#options.leadership;
    if (this.#isPaused || isAlone) return;
    switch (message.type) {
      case 'want':
        if (message.isFollowing)
          this.#others.set(message.tab, { end: performance.now() + longestWant, modules: message.modules });
        this.#arrange();
        this.#widen();
        return isLeader ? this.#sayLeads() : undefined;
      case 'unwanted':
        this.#others.delete(message.tab);
        return this.#arrange();
      case 'restart':
        // all tabs may say so at once
        return performance.now() - this.#stream.startedAt > lull ? this.#stream.restart() : undefined;
      case 'leads':
        return isLeader ? undefined : this.#hearLeader(message.tab, message.stands);
      case 'told':
        if (isLeader) return;
        this.#pulse.heard();
        if (this.#isFollowing) void this.#hearing.take(message.told);
    }
  }

  /** The page goes, and may come back: nothing of it stays open. */
  pause(): void {
    if (this.#isPaused) return;
    this.#tell({ type: 'unwanted', tab: this.#tab });
    this.#isPaused = true;
    this.#leader = undefined;
    this.#others.clear();
    this.#arrange();
  }

  /** The page came back. */
  resume(): void {
    this.#isPaused = false;
    this.#arrange();
  }

  stop(): void {
    clearTimeout(this.#end);
    clearTimeout(this.#widening);
    this.pause();
  }

  #follow(): void {
    const isAsking = this.#pulse.isAsking;
    this.#isFollowing = true;
    this.#arrange();
    // until now it asked because something waited, and wanted no feed
    if (isAsking) this.#pulse.ask();
  }

  #unfollow(): void {
    this.#isFollowing = false;
    this.#tell({ type: 'unwanted', tab: this.#tab });
    this.#arrange();
  }

  #hearLeader(tab: string, stands: Stands): void {
    this.#pulse.heard();
    const isNew = tab !== this.#leader;
    this.#leader = tab;
    if (!this.#isFollowing) return;
    // it may not know of this tab
    if (isNew) this.#pulse.ask();
    void this.#hearing.stands(stands);
  }

  /** Begins or ends the stream, as it is wanted. */
  #arrange(): void {
    const { isLeader } = this.#options.leadership;
    if (isLeader && !this.#isPaused && (this.#isFollowing || this.#isWantedElsewhere())) this.#stream.start();
    else this.#stream.stop();
    if (this.#isPaused || !(this.#isFollowing || this.#stream.isRunning)) this.#hearing.stop();
    this.#pulse.look();
    clearTimeout(this.#forgetting);
    if (isLeader && this.#others.size > 0) {
      const first = Math.min(...[...this.#others.values()].map(({ end }) => end));
      this.#forgetting = later(first - performance.now() + 1, () => this.#arrange());
    }
  }

  #isWantedElsewhere(): boolean {
    const now = performance.now();
    for (const [tab, { end }] of this.#others) if (end <= now) this.#others.delete(tab);
    return this.#others.size > 0;
  }

  #ask(): void {
    const { wanted } = this.#options.truth;
    this.#named = wanted.size;
    this.#tell({ type: 'want', tab: this.#tab, isFollowing: this.#isFollowing, modules: namedIn(wanted) });
  }

  /** R19: of which the stream is to tell, for this tab and the others. */
  #modules(): readonly string[] | undefined {
    const others = [...this.#others.values()].map(({ modules }) => modules);
    if (others.includes(undefined)) return undefined;
    return namedIn(new Set([...this.#options.truth.wanted, ...others.flatMap((some) => some ?? [])]));
  }

  /** More is to be told of than before: what comes together is asked for together. */
  #widen(): void {
    if (this.#widening !== undefined || this.#isPaused) return;
    const isNews = this.#isFollowing && this.#pulse.isAsking && this.#options.truth.wanted.size > this.#named;
    if (!isNews && !(this.#stream.isRunning && this.#stream.isNarrow)) return;
    this.#widening = later(collecting, () => {
      this.#widening = undefined;
      if (this.#stream.isNarrow) this.#stream.restart();
      if (this.#pulse.isAsking) this.#pulse.ask();
    });
  }

  #told(told: Told): Promise<void> {
    if (this.#isWantedElsewhere()) this.#tell({ type: 'told', tab: this.#tab, told });
    return this.#hearing.take(told);
  }

  #sayLeads(): void {
    const { at, lost } = this.#stream;
    const { aclSeq } = this.#options.truth.standing;
    this.#tell({ type: 'leads', tab: this.#tab, stands: { at, aclSeq, lost } });
  }

  #tell(message: FeedMessage): void {
    if (!this.#options.leadership.isAlone && !this.#isPaused) this.#options.tell(message);
  }
}

/** Node would wait for such timers. */
const later = (milliseconds: number, work: () => void): ReturnType<typeof setTimeout> => {
  const timer = setTimeout(work, milliseconds);
  (timer as { unref?(): void }).unref?.();
  return timer;
};
