import { writeFileSync } from 'node:fs';

/** What a run ends with: what was left out, if anything, and then how it went, alone on the last line. */
export const closingLines = ({ passed, failed, skipped }) =>
  `${skipped ? `${skipped} skipped, said above with the reason\n` : ''}${passed} passed, ${failed} failed`;

/** Leaves `{ passed, failed, skipped }` where tools/test.mjs looks for it, and prints it when run by hand. */
export function leaveCounts(counts) {
  if (process.env.COUNTS_FILE) writeFileSync(process.env.COUNTS_FILE, JSON.stringify(counts));
  else console.log(closingLines(counts));
}
