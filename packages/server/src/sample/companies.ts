/** What companies are called before their legal form, with what they live on. `{family}` and `{town}` are filled in. */
// prettier-ignore
export const companyNames = [
  { name: 'Officine {family}', industry: 'mechanical' }, { name: '{family} & Figli', industry: 'furniture' }, { name: 'Studio Legale {family}', industry: 'legal' },
  { name: 'Meccanica {town}', industry: 'machinery' }, { name: '{family} Costruzioni', industry: 'construction' }, { name: 'Farmacia {family}', industry: 'healthcare' },
  { name: 'Logistica {town}', industry: 'logistics' }, { name: 'Tessitura {family}', industry: 'textile' }, { name: 'Cantine {family}', industry: 'food' },
  { name: '{family} Informatica', industry: 'it' }, { name: 'Studio {family} Commercialisti', industry: 'professional' }, { name: 'Hotel Terme {town}', industry: 'hospitality' },
  { name: 'Autotrasporti {family}', industry: 'transport' }, { name: 'Elettronica {family}', industry: 'electronics' }, { name: 'Istituto {family}', industry: 'education' },
  { name: 'Arredamenti {family}', industry: 'furniture' }, { name: 'Tipografia {family}', industry: 'publishing' }, { name: '{town} Energia', industry: 'energy' },
  { name: 'Pastificio {family}', industry: 'food' }, { name: 'Immobiliare {town} Centro', industry: 'realestate' }, { name: '{family} Consulting', industry: 'consulting' },
  { name: 'Ceramiche {town}', industry: 'manufacturing' }, { name: 'Carrozzeria {family}', industry: 'automotive' }, { name: 'Chimica {family}', industry: 'chemicals' },
  { name: 'Cooperativa Sociale {town} Insieme', industry: 'nonprofit' }, { name: 'Comune di {town}', industry: 'government' }, { name: 'Grandi Magazzini {family}', industry: 'retail' },
  { name: 'Assicurazioni {family}', industry: 'insurance' }, { name: 'Agricola {family}', industry: 'agriculture' }, { name: '{family} Automazione', industry: 'engineering' },
] as const;

/** The public, the professional and the cooperative have no company's form. */
export const withoutForm: ReadonlySet<string> = new Set([
  'government',
  'legal',
  'nonprofit',
  'healthcare',
  'professional',
]);

// prettier-ignore
export const legalForms = [
  { key: 'srl', text: 'S.r.l.' }, { key: 'srl', text: 'S.r.l.' }, { key: 'spa', text: 'S.p.A.' }, { key: 'snc', text: 'S.n.c.' }, { key: 'sas', text: 'S.a.s.' }, { key: 'srls', text: 'S.r.l.s.' },
] as const;

/** Those against whom deals are lost. */
export const competitors = ['Spazio Contract S.p.A.', 'Ufficio Facile S.r.l.', 'Mobilia Group S.p.A.'] as const;

/** Words by which records are marked. */
// prettier-ignore
export const markers = [
  { name: 'VIP', color: '#b45309' }, { name: 'Fiera 2026', color: '#0369a1' }, { name: 'Nuova sede', color: '#15803d' }, { name: 'Pubblica amministrazione', color: '#6d28d9' },
  { name: 'Pagamenti lenti', color: '#b91c1c' }, { name: 'Rivenditore', color: '#0f766e' }, { name: 'Gara', color: '#a21caf' }, { name: 'Newsletter', color: '#475569' },
] as const;
