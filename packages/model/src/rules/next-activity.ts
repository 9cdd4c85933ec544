import { isAlive } from '../is-alive.ts';
import { linkText, type AnyLink } from '../kinds/any-link.ts';
import type { AnyRecord } from '../module.ts';
import type { Where } from '../query/query.ts';
import type { Reader, Rule, Step } from '../rule.ts';
import { instantAt } from '../zoned.ts';
import {
  about,
  aboutFields,
  aboutOf,
  activityModules,
  distinct,
  saidOf,
  type ActivityModule,
} from './activity-links.ts';
import { zonedDayStart } from './periods-zoned.ts';

/** When an activity of a module is still to come, or to be done. */
interface Plan {
  readonly open: readonly string[];
  /** The field by which the earliest is found. */
  readonly day: string;
  /** What tells apart those of the same day. */
  readonly time?: string;
  /** RFC 3339, UTC. */
  at(day: string, time: string | null, timeZone: string): string;
}

const firstInstant = Date.parse('0001-01-01T00:00:00.000Z');
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

/** The first and the last days of the calendar reach, in some zones, beyond the years that an instant can say. */
const written = (instant: number): string =>
  new Date(Math.min(Math.max(instant, firstInstant), lastInstant)).toISOString();

const plans: Readonly<Record<ActivityModule, Plan>> = {
  tasks: {
    open: ['not_started', 'in_progress', 'waiting', 'deferred'],
    day: 'dueDate',
    time: 'dueTime',
    at: (day, time, timeZone) =>
      written(time === null ? Date.parse(zonedDayStart(day, timeZone)) : instantAt(`${day}T${time}`, timeZone)),
  },
  events: { open: ['planned'], day: 'start', at: (start) => start },
};

const earlier = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other < one) ? other : one;

/** When the earliest of some activities is due, those of the same day compared by their times. */
const firstOf = (records: readonly AnyRecord[], { day, time, at }: Plan, timeZone: string): string | null => {
  const first = records.map((record) => record[day] as string | null).reduce(earlier, null);
  if (first === null) return null;
  const sameDay = records.filter((record) => record[day] === first);
  const times = new Set(sameDay.map((record) => (time === undefined ? null : (record[time] as string | null))));
  return [...times].map((of): string | null => at(first, of, timeZone)).reduce(earlier, null);
};

/** With fewer than this none was left out, even where the change itself made some of a thousand fit no more. */
const many = 500;

interface Search {
  readonly read: Reader;
  readonly timeZone: string;
  /** The activity that does not count. */
  readonly except?: string | undefined;
}

/** When the earliest open activity of a module about a record is due. */
const firstAbout = async (
  module: ActivityModule,
  link: AnyLink,
  { read, timeZone, except }: Search,
): Promise<string | null> => {
  const plan = plans[module];
  const open: Where = { ...about(module, link), status: { in: plan.open } };
  let latest: string | undefined;
  for (;;) {
    const inTime = latest === undefined ? { empty: false } : { lte: latest };
    const found = await read.find(module, { ...open, [plan.day]: inTime });
    const others = found.filter(({ id }) => id !== except);
    const earliest = others.map((record) => record[plan.day] as string | null).reduce(earlier, null);
    if (found.length < many || earliest === null || earliest === latest) return firstOf(others, plan, timeZone);
    // the first thousand by id need not be the first by time
    latest = earliest;
  }
};

/** The earliest moment of what is still to be done about a record; null when nothing is. */
export const nextActivityOf = async (link: AnyLink, search: Search): Promise<string | null> => {
  const moments: (string | null)[] = [];
  for (const module of activityModules) moments.push(await firstAbout(module, link, search));
  return moments.reduce(earlier, null);
};

/** An activity at one time: when it is due, null unless it is open, and what it is about. */
interface Due {
  readonly at: string | null;
  readonly about: readonly AnyLink[];
}

const nothing: Due = { at: null, about: [] };

const dueOf = (module: ActivityModule, record: AnyRecord | null, timeZone: string): Due => {
  const plan = plans[module];
  if (record === null || !isAlive(record) || !plan.open.includes(record['status'] as string)) return nothing;
  return { at: firstOf([record], plan, timeZone), about: aboutOf(module, record) };
};

/**
 * Tells the records that an activity was or is about what comes next. What comes earlier than all else is known by
 * itself; the others are looked at only when the activity is done, put off, or about something else now.
 */
const follow = async (step: Step, before: Due, after: Due): Promise<void> => {
  const { timeZone } = step.context.settings;
  const had = new Set(before.about.map(linkText));
  const has = new Set(after.about.map(linkText));
  for (const link of distinct([...before.about, ...after.about])) {
    const was = had.has(linkText(link)) ? before.at : null;
    const is = has.has(linkText(link)) ? after.at : null;
    const known = was === is ? undefined : await saidOf(step.read, link, 'nextActivityAt');
    if (known === undefined) continue;
    const isLater = was !== null && (is === null || is > was);
    const others = isLater ? await nextActivityOf(link, { read: step.read, timeZone, except: step.id }) : known;
    const next = earlier(others, is);
    if (next !== known) await step.update(link.module, link.id, { nextActivityAt: next });
  }
};

/** Past moments count while the activity is open, so that no value depends on the clock. */
const nextActivity = (module: ActivityModule): Rule => {
  const { day, time } = plans[module];
  return {
    id: `${module}.next-activity`,
    onRestore: true,
    when: ['status', day, ...(time === undefined ? [] : [time]), ...aboutFields(module)],
    run(step) {
      const { timeZone } = step.context.settings;
      return follow(step, dueOf(module, step.before, timeZone), dueOf(module, step.record, timeZone));
    },
  };
};

const nextActivityWithout = (module: ActivityModule): Rule => ({
  id: `${module}.next-activity-without`,
  on: 'delete',
  run: (step) => follow(step, dueOf(module, step.record, step.context.settings.timeZone), nothing),
});

export const taskDue: Rule = nextActivity('tasks');
export const taskGone: Rule = nextActivityWithout('tasks');
export const eventPlanned: Rule = nextActivity('events');
export const eventGone: Rule = nextActivityWithout('events');
