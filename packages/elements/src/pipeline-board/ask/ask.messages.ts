import { controlMessages } from '../../controls/controls.messages.ts';
import type { Messages } from '../../i18n/catalogue.ts';

/** What the questions say, controls included; the labels of fields that read badly by their keys. */
export const messages = {
  ...controlMessages,
  'field.lostReason': 'Reason',
  'field.lostTo': 'Competitor',
  'field.expectedCloseDate': 'Expected to close',
} as const satisfies Messages;
