// npm run simulate -- [histories] [seed]: attacks the client's part of the sync protocol, as it is shipped.
import { runHistory } from './history.ts';

const [histories = 2000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
const start = performance.now();
const events: Record<string, number> = {};
const failed: number[] = [];
for (let n = 0; n < histories; n++) {
  const report = runHistory(seed + n);
  for (const [event, count] of Object.entries(report.events)) events[event] = (events[event] ?? 0) + count;
  if (report.faults.length === 0) continue;
  failed.push(seed + n);
  if (failed.length <= 10) console.log(`seed ${seed + n}: ${report.faults.slice(0, 3).join('; ')}`);
}
const seconds = ((performance.now() - start) / 1000).toFixed(1);
console.log(`${histories} histories from seed ${seed} in ${seconds} s: ${failed.length} with faults`);
console.log(
  Object.entries(events)
    .map(([event, count]) => `${event} ${count}`)
    .join(', '),
);
process.exitCode = failed.length > 0 ? 1 : 0;
