import type { Translated } from './catalogue.ts';
import type { FrameMessages } from './frame.messages.ts';

export const messages: Translated<FrameMessages> = {
  'frame.loading': 'Caricamento…',
  'frame.empty': 'Ancora niente qui',
  'frame.error': 'Non è stato possibile caricare',
  'frame.retry': 'Riprova',
  'frame.offline': 'Sei offline. I dati potrebbero essere cambiati nel frattempo.',
  'frame.offline.auth': 'Devi accedere di nuovo. I dati potrebbero essere cambiati nel frattempo.',
  'frame.offline.token':
    'Non è stato ancora possibile rinnovare il tuo accesso. I dati potrebbero essere cambiati nel frattempo.',
  'frame.trouble.auth': 'Accedi di nuovo',
  'frame.trouble.token': 'Accesso non rinnovato',
  'frame.offline.empty': 'Sei offline e questi dati non sono ancora stati caricati.',
  'frame.forbidden': 'Non hai accesso a questi dati',
  'frame.auth': 'Accedi per vedere questi dati',
  'frame.token': 'Non è stato ancora possibile rinnovare il tuo accesso.',
  'frame.request': 'Richiesta {id}',
  'frame.network': 'Il server non è raggiungibile.',
  'frame.timeout': 'Il server non ha risposto in tempo.',
  'frame.unavailable': 'Il server è occupato. Riprova tra un momento.',
  'frame.rate-limited': 'Troppe richieste insieme. Riprova tra un momento.',
  'frame.load-failed': 'Non è stato possibile caricare un file.',
  'frame.schema-mismatch': 'Questa pagina e il server non sono compatibili. Ricarica la pagina.',
  'frame.config': 'Configurazione non corretta.',
  'frame.internal': 'Qualcosa non ha funzionato sul server.',
  'frame.close': 'Chiudi',
  'frame.cancel': 'Annulla',
  'frame.copied': 'Copiato',
};
