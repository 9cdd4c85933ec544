import * as z from 'zod/mini';

/** NUL and lone surrogates can be stored by no database exactly as given; everything else can. */
// oxlint-disable-next-line no-control-regex
const unstorable = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

export const isStorable = (text: string): boolean => !unstorable.test(text);

/** Text of a given length that survives storage unchanged. Lengths count UTF-16 units, as browsers' `maxlength` does. */
export const storableText = (max: number, min = 0): z.ZodMiniType<string> =>
  z
    .string()
    .check(
      z.minLength(min, { error: 'blank' }),
      z.maxLength(max, { error: 'too-long' }),
      z.refine(isStorable, { error: 'characters' }),
    );
