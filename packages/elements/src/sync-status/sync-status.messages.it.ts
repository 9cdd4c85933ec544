import type { Translated } from '../i18n/catalogue.ts';
import type { SyncStatusMessages } from './sync-status.messages.ts';

export const messages: Translated<SyncStatusMessages> = {
  saved: 'Tutte le modifiche sono salvate',
  direct: 'Le modifiche vengono salvate subito; nulla resta in attesa su questo dispositivo',
  saving: 'Salvataggio…',
  slow: {
    one: 'Salvataggio… {count} modifica in attesa ({since})',
    other: 'Salvataggio… {count} modifiche in attesa, la prima: {since}',
  },
  offline: {
    one: 'Offline · {count} modifica in attesa ({since})',
    other: 'Offline · {count} modifiche in attesa, la prima: {since}',
  },
  'offline.saved': 'Offline · Tutte le modifiche sono salvate',
  locked: {
    one: '{reason} · {count} modifica in attesa ({since})',
    other: '{reason} · {count} modifiche in attesa, la prima: {since}',
  },
  old: 'Sono in attesa da giorni. Per sicurezza, salvale in un file.',
  refused: { one: '{count} modifica è stata rifiutata', other: '{count} modifiche sono state rifiutate' },
  review: 'Rivedi',
  'storage.memory': 'Nulla viene conservato su questo dispositivo. Ciò che non è inviato va perso chiudendo la pagina.',
  'storage.full': 'La memoria di questo dispositivo è piena. Ciò che non è inviato va perso chiudendo la pagina.',
  'storage.unavailable':
    'La memoria di questo dispositivo non è utilizzabile. Ciò che non è inviato va perso chiudendo la pagina.',
  'storage.makeshift':
    'Questo dispositivo non accetta altri dati. Ciò che non è inviato non è conservato in modo sicuro: invialo presto o salvalo in un file.',
  retry: 'Prova ora',
  retrying: 'Tentativo…',
  'retry.failed': 'Il server non è stato raggiunto.',
  export: 'Salva in un file',
  'export.done': 'Salvato come {file}',
  'list.show': 'Mostra cosa è in attesa',
  'list.hide': 'Nascondi cosa è in attesa',
  'list.label': 'In attesa di essere inviato',
  'op.create': 'Nuovo',
  'op.update': 'Modificato: {fields}',
  'op.delete': 'Eliminato',
  'op.restore': 'Ripristinato',
};
