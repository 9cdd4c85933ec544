import type { Translated } from '../i18n/catalogue.ts';
import type { SignOutMessages } from './sign-out.messages.ts';

export const messages: Translated<SignOutMessages> = {
  title: 'Uscire con modifiche non inviate?',
  waiting: {
    one: '{count} modifica non è stata inviata ({since}).',
    other: '{count} modifiche non sono state inviate, la prima: {since}.',
  },
  refused: {
    one: '{count} modifica è stata rifiutata e nessuno l’ha ancora risolta.',
    other: '{count} modifiche sono state rifiutate e nessuno le ha ancora risolte.',
  },
  send: 'Invia ora',
  sending: 'Invio…',
  'send.text': 'Prova ancora una volta a raggiungere il server, poi esce.',
  'send.failed': 'Il server non è stato raggiunto.',
  'send.rest': 'Non è stato possibile inviare tutto.',
  keep: 'Conserva su questo dispositivo',
  'keep.text': 'Restano qui fino al prossimo accesso. Non sono cifrate: chi usa questo browser può leggerle.',
  'keep.text.encrypted': 'Restano qui, cifrate, fino al prossimo accesso.',
  save: 'Salva in un file ed elimina',
  'save.text': 'Restano in un file, riservato quanto i record stessi.',
  delete: 'Elimina',
  'delete.text': 'Nessun server le ha. Vanno perse per sempre.',
  'saved.title': 'Hai il file?',
  'saved.text': 'È stato salvato come {file}. Cercalo tra i download: dopo l’uscita sarà tutto ciò che resta.',
  'saved.again': 'Salva di nuovo',
  'save.failed': 'Non è stato possibile creare il file.',
  'delete.title': 'Eliminarle per sempre?',
  'delete.sure': {
    one: '{count} modifica che nessun server ha andrà persa.',
    other: '{count} modifiche che nessun server ha andranno perse.',
  },
  confirm: 'Elimina ed esci',
  back: 'Indietro',
  'sent.title': 'Tutto è stato inviato',
  'sent.text': 'Non resta nulla che possa andare perso.',
  'sent.confirm': 'Esci',
};
