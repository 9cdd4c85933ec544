import { sql } from 'kysely';
import type { Statement } from '../database/database.ts';
import { house } from './compiler.ts';

export interface Wanted {
  readonly tenant: string;
  readonly series: string;
  readonly count: number;
}

/** Moves a series on by `count` numbers and gives the last of them. */
export const takeNumbers = ({ tenant, series, count }: Wanted): Statement =>
  sql`insert into v_number_series as s (tenant_id, series, last) values (${tenant}, ${series}, ${count})
    on conflict (tenant_id, series) do update set last = s.last + excluded.last returning last`.compile(house);
