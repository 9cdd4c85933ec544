import type { ColumnType } from '@tessera-crm/model/kind.js';

type Parse = (text: string) => unknown;

const asIs: Parse = (text) => text;

/** What an instant of the first 10,000 years looks like when the session's zone is UTC: `2026-06-15 10:00:00.5+00`. */
const instantLength = 'YYYY-MM-DD HH:mm:ss'.length;

/** @returns `YYYY-MM-DDTHH:mm:ss.sssZ`. */
const toInstant: Parse = (text) => {
  const fraction = text.slice(instantLength, -'+00'.length);
  return `${text.slice(0, 10)}T${text.slice(11, instantLength)}.${fraction.slice(1, 4).padEnd(3, '0')}Z`;
};

/**
 * How PostgreSQL's texts become wire values. Dates, decimals and ids stay the texts that travel; eight-byte integers are
 * counters and whole numbers within 2^53.
 */
export const parseCell: Readonly<Record<ColumnType, Parse>> = {
  text: asIs,
  key: asIs,
  integer: Number,
  bigint: Number,
  float: Number,
  decimal: asIs,
  boolean: (text) => text === 't',
  date: asIs,
  time: asIs,
  instant: toInstant,
  id: asIs,
  json: JSON.parse,
};

/** Our types by the numbers that PostgreSQL gives them; everything else stays text. @see PostgreSQL, pg_type.dat */
const typesByNumber: Readonly<Record<number, ColumnType>> = {
  16: 'boolean', // boolean
  20: 'bigint', // bigint
  21: 'integer', // smallint
  23: 'integer', // integer
  114: 'json', // json
  700: 'float', // real
  701: 'float', // double precision
  1184: 'instant', // timestamptz
  3802: 'json', // jsonb
};

/** In the shape that `pg` wants. */
export const valueTypes = {
  getTypeParser: (type: number): Parse => parseCell[typesByNumber[type] ?? 'text'],
};
