import type { CDPSession } from 'playwright-core';

/** One stretch of work of a page's thread, in which nothing else can happen there: milliseconds. */
export interface Task {
  /** From its beginning to its end, others on the machine included. */
  readonly took: number;
  /** What of it was work of this thread. */
  readonly work: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Notes every task of the page's thread while something is done. A page cannot see them itself: what it may observe
 * begins at 50 ms, and a message to itself waits behind work that yields as well as behind work that does not.
 */
export const tasksDuring = async (session: CDPSession, work: () => Promise<unknown>): Promise<readonly Task[]> => {
  const events: TraceEvent[] = [];
  const note = ({ value }: { readonly value: readonly object[] }): void => {
    for (const event of value) events.push(event as TraceEvent);
  };
  session.on('Tracing.dataCollected', note);
  const includedCategories = ['toplevel'];
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { recordMode: 'recordAsMuchAsPossible', includedCategories },
  });
  try {
    await work();
  } finally {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    session.off('Tracing.dataCollected', note);
  }
  return tasksIn(events);
};

const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;

const tasksIn = (events: readonly TraceEvent[]): readonly Task[] => {
  const isMain = ({ name, args }: TraceEvent): boolean => name === 'thread_name' && args?.name === 'CrRendererMain';
  const main = new Set(events.filter(isMain).map(threadOf));
  return events
    .filter((event) => event.ph === 'X' && event.name.endsWith('RunTask') && main.has(threadOf(event)))
    .map(({ dur = 0, tdur = 0 }) => ({ took: dur / 1000, work: tdur / 1000 }));
};
