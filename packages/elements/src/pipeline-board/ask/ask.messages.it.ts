import { messages as controlMessages } from '../../controls/controls.messages.it.ts';
import type { Translated } from '../../i18n/catalogue.ts';
import type { messages as english } from './ask.messages.ts';

export const messages: Translated<typeof english> = {
  ...controlMessages,
  'field.lostReason': 'Motivo',
  'field.lostTo': 'Concorrente',
};
