import { uuid7, type Id } from '@tessera-crm/model/id.js';

/** The id of a record that is made here; the same on every server it is sent to. */
export const newId = <M extends string = string>(): Id<M> =>
  uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10))) as Id<M>;
