import { writeFileSync } from 'node:fs';

/** Leaves `{ passed, failed, skipped }` where tools/test.mjs looks for it, and prints it when run by hand. */
export function leaveCounts(counts) {
  if (process.env.COUNTS_FILE) writeFileSync(process.env.COUNTS_FILE, JSON.stringify(counts));
  else
    console.log(
      `${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`,
    );
}
