interface ErrorRow {
  /** HTTP status that carries this code. */
  readonly status: number;
  /** What to do about it, in English; the locales hold the translations. */
  readonly hint: string;
}

/** THE list of error codes. Everything thrown, shown or sent carries one of these. */
export const errorCodes = {
  validation: { status: 400, hint: 'Correct the fields named in `issues`.' },
  'auth-required': { status: 401, hint: 'Send a token.' },
  'token-rejected': { status: 401, hint: 'Ask for a new token.' },
  forbidden: { status: 403, hint: 'This identity has no right to do that.' },
  'not-found': { status: 404, hint: 'It does not exist, or this identity may not see it.' },
  conflict: { status: 409, hint: 'Somebody else changed the same field: choose a value.' },
  'version-conflict': { status: 412, hint: 'Read the record again and repeat the change.' },
  'too-large': { status: 413, hint: 'Send less at once.' },
  rule: { status: 422, hint: 'A business rule refused; its reason is in `issues`.' },
  'rate-limited': { status: 429, hint: 'Wait as long as the answer says.' },
  internal: { status: 500, hint: 'Report the request id.' },
  unavailable: { status: 503, hint: 'Try again in a moment.' },
  'storage-full': { status: 507, hint: 'Free space on the server.' },
  network: { status: 0, hint: 'The server cannot be reached.' },
  timeout: { status: 0, hint: 'The server did not answer in time.' },
  aborted: { status: 0, hint: 'The caller gave up.' },
  'schema-mismatch': {
    status: 0,
    hint: 'Server and client disagree on the model: update one of them.',
  },
  'storage-unavailable': {
    status: 0,
    hint: 'The browser refuses local storage; working from memory.',
  },
  'quota-exceeded': { status: 0, hint: 'Local storage is full.' },
  'blocked-by-csp': { status: 0, hint: 'The page forbids it by Content-Security-Policy.' },
  'load-failed': { status: 0, hint: 'A file of the library could not be loaded.' },
  config: { status: 0, hint: 'The library was set up wrongly; the message says where.' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorCodes;
