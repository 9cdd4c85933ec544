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
 * How PostgreSQL's texts become wire values, by the numbers of its types; everything else stays text. Eight-byte
 * integers are counters and whole numbers within 2^53.
 *
 * @see https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat
 */
const parsers: Readonly<Record<number, Parse>> = {
  16: (text) => text === 't', // boolean
  20: Number, // bigint
  21: Number, // smallint
  23: Number, // integer
  114: JSON.parse, // json
  700: Number, // real
  701: Number, // double precision
  1184: toInstant, // timestamptz
  3802: JSON.parse, // jsonb
};

/** In the shape that `pg` wants: dates, decimals and ids stay the texts that travel. */
export const valueTypes = { getTypeParser: (type: number): Parse => parsers[type] ?? asIs };
