import type { RuleContext } from '../rule.ts';
import { todayIn } from './periods-zoned.ts';

/** Which day it is for the tenant, `YYYY-MM-DD`. */
export const today = ({ now, settings }: Pick<RuleContext, 'now' | 'settings'>): string =>
  todayIn(settings.timeZone, Date.parse(now));

/** Whole minutes from one instant to another. */
export const minutesBetween = (from: string, to: string): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);
