import { mostLoose, type GenerationDatabase, type ModuleContent } from './generation-database.ts';
import { writtenOf } from './generation-rows.ts';
import type { Sealing } from './sealing.ts';

export interface CompactionOptions {
  /** The name that stands for the module. */
  readonly name: string;
  readonly database: GenerationDatabase;
  readonly sealing: Sealing;
  /** Keys of the records that stay beside the segments. */
  readonly atHand: ReadonlySet<string>;
}

/**
 * Writes a module's records anew, if too many of them lie beside the segments or are there twice. That some are gone
 * is forgotten: a late reply that would bring them back also sends the cursor back.
 */
export const compact = async ({ content, reading }: ModuleContent, options: CompactionOptions): Promise<void> => {
  const { name, database, sealing, atHand } = options;
  const { kept, count, bytes } = reading;
  if (Math.max(content.rows.length, count - kept.length) < mostLoose(kept.length)) return;
  const anew = await writtenOf(kept, { sealing, rowsOf: async () => [], atHand });
  await database.write(async (tables) => {
    const isAsItWas =
      (await tables.figure('turn')) === content.turn &&
      String(await tables.segmentKeys(name)) === String(content.segments);
    // another tab was here: there will be another time
    if (!isAsItWas) return;
    await tables.segments.deleteMany(content.segments);
    await tables.records.deleteMany(content.rows.map(({ key }) => key));
    await tables.countBytes(-bytes);
    for (const one of anew) await tables.putRecords(one);
  });
};
