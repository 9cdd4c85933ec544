/** First and family names as they are met in Italian companies; hand-written. */
// prettier-ignore
export const womensNames = [
  'Giulia', 'Chiara', 'Francesca', 'Martina', 'Sara', 'Elena', 'Alessia', 'Valentina', 'Federica', 'Silvia', 'Laura', 'Paola', 'Anna', 'Maria Grazia', 'Barbara', 'Cristina', 'Ilaria', 'Marta', 'Beatrice', 'Lucia', 'Daniela', 'Roberta', 'Simona', 'Noemi',
] as const;

// prettier-ignore
export const mensNames = [
  'Marco', 'Luca', 'Andrea', 'Matteo', 'Davide', 'Alessandro', 'Stefano', 'Paolo', 'Roberto', 'Giovanni', 'Simone', 'Fabio', 'Niccolò', 'Riccardo', 'Enrico', 'Massimo', 'Pietro', 'Giorgio', 'Emanuele', 'Salvatore', 'Antonio', 'Gian Luca', 'Tommaso', 'Filippo',
] as const;

// prettier-ignore
export const familyNames = [
  'Rossi', 'Bianchi', 'Ferrari', 'Esposito', 'Colombo', 'Ricci', 'Marino', 'Greco', 'Bruno', 'Gallo', 'Conti', 'De Luca', 'Costa', 'Giordano', 'Mancini', 'Rizzo', 'Lombardi', 'Moretti', 'Barbieri', 'Fontana', 'Santoro', 'Mariani', 'Rinaldi', 'Caruso', 'Ferrara', 'Galli', 'Martini', 'Leone', 'Longo', 'Gentile', 'Martinelli', 'Vitale', 'Lombardo', 'Serra', 'Coppola', 'De Santis', "D'Angelo", 'Marchetti', 'Parisi', 'Villa', 'Conte', 'Ferraro', 'Ferri', 'Fabbri', 'Bianco', 'Marini', 'Grasso', 'Valentini', 'Messina', 'Sala', "D'Amico", 'Brambilla', 'Pellegrini', 'Nicolò', 'Zanetti', 'Tomasi', 'Pavan', 'Dalla Costa', 'Lo Presti', 'Piras',
] as const;

/** Of partners abroad, with the country. */
// prettier-ignore
export const foreigners = [
  { first: 'Katharina', last: 'Müller', country: 'DE' }, { first: 'Jürgen', last: 'Weiß', country: 'DE' }, { first: 'Anke', last: 'Schröder', country: 'DE' },
  { first: 'Camille', last: 'Lefèvre', country: 'FR' }, { first: 'Étienne', last: 'Moreau', country: 'FR' }, { first: 'María José', last: 'Núñez', country: 'ES' },
  { first: 'Íñigo', last: 'Etxeberria', country: 'ES' }, { first: 'Charlotte', last: 'Whitfield', country: 'GB' }, { first: 'Owen', last: 'Llewellyn', country: 'GB' },
  { first: 'Zofia', last: 'Wiśniewska', country: 'PL' }, { first: 'Lars', last: 'Sørensen', country: 'DK' }, { first: 'Urs', last: 'Bühler', country: 'CH' },
  { first: 'Fleur', last: 'van der Meer', country: 'NL' }, { first: 'João', last: 'Gonçalves', country: 'PT' }, { first: 'Eva', last: 'Novotná', country: 'CZ' }, { first: 'Ayşe', last: 'Yıldız', country: 'TR' },
] as const;

/** What people are in a company: as they say it, and the function for which they are asked. */
// prettier-ignore
export const positions = [
  { title: 'Amministratore delegato', function: 'administrator', department: 'Direzione' }, { title: 'Titolare', function: 'owner', department: 'Direzione' },
  { title: 'Responsabile acquisti', function: 'purchasing', department: 'Acquisti' }, { title: 'Buyer', function: 'purchasing', department: 'Acquisti' },
  { title: 'Responsabile amministrativa', function: 'accounting', department: 'Amministrazione' }, { title: 'Contabilità fornitori', function: 'accounting', department: 'Amministrazione' },
  { title: 'Direttore tecnico', function: 'technical', department: 'Tecnico' }, { title: 'Facility manager', function: 'logistics', department: 'Servizi generali' },
  { title: 'Responsabile IT', function: 'it', department: 'Sistemi informativi' }, { title: 'Responsabile di stabilimento', function: 'production', department: 'Produzione' },
  { title: 'Responsabile logistica', function: 'logistics', department: 'Logistica' }, { title: 'Direttore commerciale', function: 'sales_director', department: 'Commerciale' },
  { title: 'Marketing manager', function: 'marketing', department: 'Marketing' }, { title: 'Segreteria', function: 'other', department: 'Segreteria' },
] as const;

/** Who works here. The first one administers. */
// prettier-ignore
export const colleagues = [
  { first: 'Anna', last: 'Conti', login: 'anna.conti', title: 'Amministratrice di sistema', department: 'Direzione', team: 'Direzione', isAdmin: true },
  { first: 'Marco', last: 'Brambilla', login: 'marco.brambilla', title: 'Direttore vendite', department: 'Vendite', team: 'Vendite', isAdmin: false },
  { first: 'Elena', last: 'Rizzo', login: 'elena.rizzo', title: 'Account manager Nord', department: 'Vendite', team: 'Vendite', isAdmin: false },
  { first: 'Luca', last: 'De Santis', login: 'luca.desantis', title: 'Account manager Centro-Sud', department: 'Vendite', team: 'Vendite', isAdmin: false },
  { first: 'Katrin', last: 'Hofer', login: 'katrin.hofer', title: 'Key account estero', department: 'Vendite', team: 'Vendite', isAdmin: false },
  { first: 'Sara', last: 'Pavan', login: 'sara.pavan', title: 'Responsabile assistenza', department: 'Assistenza', team: 'Assistenza', isAdmin: false },
  { first: 'Davide', last: 'Lo Presti', login: 'davide.lopresti', title: 'Tecnico di assistenza', department: 'Assistenza', team: 'Assistenza', isAdmin: false },
  { first: 'Noemi', last: 'Fabbri', login: 'noemi.fabbri', title: 'Marketing', department: 'Marketing', team: 'Marketing', isAdmin: false },
] as const;
