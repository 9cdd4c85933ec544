import { controlMessages } from '../../controls/controls.messages.ts';
import type { Messages } from '../../i18n/catalogue.ts';

/** What the questions say: controls, and shorter labels than the module's where the sentence above says the rest. */
export const messages = {
  ...controlMessages,
  'field.lostReason': 'Reason',
  'field.lostTo': 'Competitor',
} as const satisfies Messages;
