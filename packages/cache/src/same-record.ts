import type { AnyRecord } from '@tessera-crm/model/module.js';
import { same } from '@tessera-crm/model/rules/conflicts.js';

/** Whether nothing differs. Records of other versions need no closer look; of the same one, rights may show other fields. */
export const sameRecord = (a: AnyRecord | null | undefined, b: AnyRecord | null | undefined): boolean =>
  a?.version === b?.version && same(a, b);
