import type { Translated } from '../i18n/catalogue.ts';
import type { OutgoingMessages } from './outgoing.messages.ts';

export const messages: Translated<OutgoingMessages> = {
  waiting: 'Non ancora inviato',
  'refused.title': 'La tua modifica non è stata salvata',
  'refused.title.of': 'La tua modifica a {name} non è stata salvata',
  'refused.more': { one: 'e un’altra', other: 'e altre {count}' },
  'refused.take': 'Riapplica la mia',
  'refused.again': 'Riprova',
  'refused.edit': 'Modifica',
  'refused.discard': 'Scarta',
};
