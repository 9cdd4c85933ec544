/**
 * Which of the formats that follow each other what can be had again is kept in. Raised by a version that writes what lies
 * in generations, or tells other tabs of it, so that the version before would read it wrongly; and with each new format of
 * outbox entries (`entry-format.ts`), because the latest version on a device is the one that sends.
 *
 * Nothing depends on what modules look like: records are kept as the server gave them. What other fields mean, it tells by
 * other versions of the records, or by a change of the rights to their fields.
 */
export const epoch = 1;
