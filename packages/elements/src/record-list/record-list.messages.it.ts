import type { Translated } from '../i18n/catalogue.ts';
import type { RecordListMessages } from './record-list.messages.ts';

export const messages: Translated<RecordListMessages> = {
  search: 'Cerca',
  'search.clear': 'Svuota la ricerca',
  'search.none': 'Nessun risultato per «{words}»',
  count: { one: '{count} scheda', other: '{count} schede' },
  'count.more': '{count}+ schede',
  more: 'Mostra altro',
  table: 'Elenco: {module}',
};
