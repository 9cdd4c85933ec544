import * as z from 'zod/mini';

/** Bytes of one upload at most. */
export const maxFileBytes = 25 * 1024 * 1024;

/** The answer of `POST /v1/files`: what was stored, and the id that `documents.file` takes. */
export const fileMessage = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.int(),
  checksum: z.string(),
});

export type FileMessage = z.infer<typeof fileMessage>;

/** The answer of `POST /v1/files/{id}/link`: an address that works for a few minutes without a token. */
export const fileLinkMessage = z.object({ url: z.string(), expiresIn: z.int() });
