import * as z from 'zod/mini';
import { isId } from '../id.ts';
import { problemMessage } from './problem.ts';
import { recordMessage } from './records.ts';

const id = z.string().check(z.refine(isId, { error: 'id' }));
const module = z.string().check(z.maxLength(60));
const values = z.record(z.string(), z.unknown());
const base = z.optional(z.int().check(z.minimum(0)));

/** One intent to change one record; see `change.ts`. */
export const changeMessage = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('create'), module, id, values }),
  z.strictObject({ op: z.literal('update'), module, id, values, base }),
  z.strictObject({ op: z.literal('delete'), module, id, base }),
  z.strictObject({ op: z.literal('restore'), module, id, base }),
  z.strictObject({ op: z.literal('act'), module, id, action: z.string().check(z.maxLength(60)), args: values, base }),
]);

export const maxChanges = 500;

/** The body of `POST /v1/changes`. */
export const changesMessage = z.strictObject({
  changes: z.array(changeMessage).check(z.minLength(1), z.maxLength(maxChanges)),
  atomic: z.optional(z.boolean()),
});

/** The answer, in the order of the changes. */
export const appliedMessage = z.object({
  results: z.array(
    z.discriminatedUnion('ok', [
      z.object({
        ok: z.literal(true),
        module,
        id: z.string(),
        record: z.nullable(recordMessage),
        result: z.optional(values),
      }),
      z.object({ ok: z.literal(false), module, id: z.optional(z.string()), error: problemMessage }),
    ]),
  ),
});
