import * as z from 'zod/mini';

/** Longest life of a session token, in seconds. */
export const maxSessionSeconds = 900;

/** The body of `POST /v1/sessions`, sent with a secret key by a host's backend. */
export const sessionRequest = z.strictObject({
  user: z.optional(z.string()),
  /** A customer: by id, or by e-mail for contacts. */
  subject: z.optional(
    z.strictObject({
      module: z.enum(['contacts', 'accounts']),
      id: z.optional(z.string()),
      email: z.optional(z.string()),
    }),
  ),
  /** `deals:read`, `tickets:*`; nothing means everything the identity may. */
  scope: z.optional(
    z.array(z.string().check(z.regex(/^[a-zA-Z*]+:(read|create|edit|delete|act|\*)$/))).check(z.maxLength(100)),
  ),
  origins: z.optional(z.array(z.url()).check(z.maxLength(20))),
  expiresIn: z.optional(z.int().check(z.minimum(10), z.maximum(maxSessionSeconds))),
});

export const sessionAnswer = z.object({ token: z.string(), expiresIn: z.int() });

/** The body of `POST /v1/login`: a user with a password. */
export const loginRequest = z.strictObject({
  tenant: z.optional(z.string()),
  email: z.string(),
  password: z.string().check(z.maxLength(200)),
});
