/**
 * The version of the wire. It grows whenever a message below changes; `protocol.test.ts` notices.
 *
 * 1: records, changes, sessions, files, meta, events, sync.
 */
export const protocolVersion = 1;
