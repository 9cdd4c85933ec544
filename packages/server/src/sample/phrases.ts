/** What deals are about. */
// prettier-ignore
export const dealSubjects = [
  'Arredo nuova sede', 'Rinnovo postazioni', 'Sale riunioni', 'Illuminazione open space', 'Cabine acustiche', 'Ampliamento uffici', 'Sedute ergonomiche', 'Reception e attesa', 'Postazioni smart working', 'Manutenzione annuale', 'Archivio e spogliatoi', 'Secondo piano', 'Area pausa', 'Trasloco e smaltimento', 'Direzione', 'Filiale', 'Gara fornitura arredi', 'Scrivanie regolabili',
] as const;

// prettier-ignore
export const nextSteps = [
  'Inviare il layout aggiornato', 'Sopralluogo con il tecnico', 'Richiamare dopo il consiglio', 'Campioni dei tessuti', 'Rivedere lo sconto', 'Presentare la referenza', 'Attendere il budget', 'Firma del contratto', 'Confermare le date di consegna',
] as const;

export const lostReasonRows = [
  { name: 'Prezzo troppo alto', needsCompetitor: false },
  { name: 'Scelto un concorrente', needsCompetitor: true },
  { name: 'Progetto rimandato', needsCompetitor: false },
  { name: 'Nessuna risposta', needsCompetitor: false },
  { name: 'Budget non approvato', needsCompetitor: false },
  { name: 'Tempi di consegna', needsCompetitor: false },
] as const;

/** What customers write about, and how it ends. */
// prettier-ignore
export const complaints = [
  { subject: 'Scrivania arrivata con un angolo rovinato', category: 'delivery', type: 'complaint', resolution: 'Piano sostituito con la consegna successiva.' },
  { subject: 'La colonna della scrivania regolabile non sale', category: 'product', type: 'incident', resolution: 'Centralina azzerata tenendo premuto il tasto giù per dieci secondi.' },
  { subject: 'Manca la ferramenta per il montaggio', category: 'delivery', type: 'problem', resolution: 'Spedito il sacchetto mancante con corriere espresso.' },
  { subject: 'Richiesta del certificato di reazione al fuoco', category: 'product', type: 'request', resolution: 'Inviato il certificato in classe 1IM.' },
  { subject: 'Quando arriva il nostro ordine?', category: 'order', type: 'question', resolution: 'Comunicata la data di consegna.' },
  { subject: 'Fattura con la partita IVA sbagliata', category: 'invoice', type: 'problem', resolution: 'Emessa nota di credito e nuova fattura.' },
  { subject: 'Sedia che cigola', category: 'product', type: 'incident', resolution: 'Lubrificato il meccanismo sul posto.' },
  { subject: 'Pistone della sedia che non tiene', category: 'product', type: 'incident', resolution: 'Pistone sostituito in garanzia.' },
  { subject: 'Serratura dell’armadio bloccata', category: 'product', type: 'incident', resolution: 'Cilindro cambiato, consegnate due chiavi nuove.' },
  { subject: 'Chiavi smarrite, servono i doppioni', category: 'account', type: 'request', resolution: 'Chiavi spedite dopo verifica del codice.' },
  { subject: 'Luce a LED che sfarfalla', category: 'technical', type: 'problem', resolution: 'Alimentatore sostituito.' },
  { subject: 'Colore diverso dal campione', category: 'product', type: 'complaint', resolution: 'Ritirata la merce e consegnata la finitura giusta.' },
  { subject: 'Reso di due sedute non utilizzate', category: 'order', type: 'return', resolution: 'Reso accettato, accredito sulla prossima fattura.' },
  { subject: 'Spostare la consegna di una settimana', category: 'delivery', type: 'request', resolution: 'Nuova data concordata con il corriere.' },
  { subject: 'Rumore dal ventilatore della cabina', category: 'technical', type: 'incident', resolution: 'Ventola sostituita dal tecnico.' },
  { subject: 'Come si registra l’inclinazione dello schienale?', category: 'product', type: 'question', resolution: 'Inviato il manuale con il passaggio evidenziato.' },
  { subject: 'Istruzioni di pulizia per il tessuto', category: 'product', type: 'question', resolution: 'Inviate le istruzioni del produttore.' },
  { subject: 'Vorremmo un catalogo con i prezzi', category: 'account', type: 'request', resolution: 'Inviato il listino riservato.' },
  { subject: 'Il portale non mostra l’ultimo ordine', category: 'account', type: 'problem', resolution: 'Il contatto era collegato alla vecchia sede: corretto.' },
  { subject: 'Aggiungere una porta USB alle torrette', category: 'product', type: 'feature', resolution: 'Disponibile dal prossimo lotto.' },
] as const;

// prettier-ignore
export const noteBodies = [
  'Cliente molto attento ai tempi di consegna.', 'Preferisce essere contattato al mattino.', 'Hanno in programma un ampliamento entro l’anno.', 'Il referente è cambiato, aggiornare la rubrica.', 'Interessati alle cabine acustiche viste in fiera.', 'Chiedono sempre lo sconto quantità.', 'Ottima referenza per il settore.', 'Decide il consiglio, si riunisce il primo lunedì del mese.', 'Pagano a 60 giorni, verificare l’esposizione.', 'Visita molto positiva, mostrato il nuovo catalogo.',
] as const;

// prettier-ignore
export const answers = [
  'Buongiorno, abbiamo ricevuto la segnalazione e la prendiamo in carico.', 'Può mandarci una fotografia e il numero di serie?', 'Il tecnico può passare giovedì mattina: va bene?', 'Abbiamo ordinato il pezzo di ricambio, arriverà entro cinque giorni.', 'Ci risulta risolto: ci conferma?',
] as const;

// prettier-ignore
export const taskSubjects = [
  { subject: 'Richiamare per l’offerta', type: 'call' }, { subject: 'Inviare il catalogo', type: 'email' }, { subject: 'Preparare il preventivo', type: 'document' }, { subject: 'Sollecitare il pagamento', type: 'payment' }, { subject: 'Sopralluogo in sede', type: 'visit' }, { subject: 'Aggiornare l’anagrafica', type: 'todo' }, { subject: 'Verificare la consegna', type: 'follow_up' }, { subject: 'Chiedere una referenza', type: 'follow_up' },
] as const;

// prettier-ignore
export const eventSubjects = [
  { subject: 'Presentazione della collezione', type: 'meeting' }, { subject: 'Telefonata di allineamento', type: 'call' }, { subject: 'Sopralluogo', type: 'visit' }, { subject: 'Demo delle cabine acustiche', type: 'demo' }, { subject: 'Riunione sul progetto', type: 'meeting' }, { subject: 'Collaudo e consegna', type: 'onsite_meeting' }, { subject: 'Visita allo showroom', type: 'appointment' },
] as const;

// prettier-ignore
export const outcomeNotes = [
  'Interesse confermato, attendono il layout.', 'Servono due settimane per decidere.', 'Chiesto un secondo incontro con la direzione.', 'Tutto regolare, nessun difetto.', 'Da rivedere le finiture.',
] as const;
