import { randomFillSync } from 'node:crypto';
import { uuid7 } from '@tessera-crm/model/id.js';

/** Random bytes of one id. */
const perId = 10;
/** Drawn at once for many ids: asking the system each time costs more than making the id. */
const drawn = new Uint8Array(perId * 256);
let used = drawn.length;

/** A new id. @param now - Milliseconds since 1970. */
export const newId = (now: number): string => {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += perId;
  return uuid7(now, drawn.subarray(used - perId, used));
};
