import { daysBetween } from './periods-calendar.ts';
import { todayIn } from './periods-zoned.ts';

/** When it is, and where: what the age of things depends on. */
export interface Moment {
  /** RFC 3339. */
  readonly now: string;
  /** IANA name. */
  readonly timeZone: string;
}

const daysSince = (instant: string, { now, timeZone }: Moment): number =>
  daysBetween(todayIn(timeZone, Date.parse(instant)), todayIn(timeZone, Date.parse(now)));

/** Days on the tenant's calendar since a deal was made. */
export const ageDays = (deal: { readonly createdAt: string | null }, moment: Moment): number | null =>
  deal.createdAt === null ? null : daysSince(deal.createdAt, moment);

/** What stalling depends on. */
export interface Stalling {
  readonly deal: {
    readonly outcome: string | null;
    readonly createdAt: string | null;
    readonly stageEnteredAt: string | null;
    readonly lastActivityAt: string | null;
  };
  readonly stage: { readonly maxDays: number | null };
  readonly pipeline: { readonly stallDays: number };
}

/** Whether an open deal is too long in its stage, or too long without anybody doing anything. */
export const isStalled = ({ deal, stage, pipeline }: Stalling, moment: Moment): boolean => {
  if (deal.outcome !== 'open') return false;
  const isOver = (instant: string | null, days: number | null): boolean =>
    instant !== null && days !== null && daysSince(instant, moment) > days;
  return (
    isOver(deal.stageEnteredAt, stage.maxDays) || isOver(deal.lastActivityAt ?? deal.createdAt, pipeline.stallDays)
  );
};
