/** Towns with what belongs to an address there, and the prefix of their telephones. */
// prettier-ignore
export const towns = [
  { city: 'Milano', province: 'MI', region: 'Lombardia', postalCode: '20124', prefix: '02' }, { city: 'Monza', province: 'MB', region: 'Lombardia', postalCode: '20900', prefix: '039' },
  { city: 'Legnano', province: 'MI', region: 'Lombardia', postalCode: '20025', prefix: '0331' }, { city: 'Bergamo', province: 'BG', region: 'Lombardia', postalCode: '24122', prefix: '035' },
  { city: 'Brescia', province: 'BS', region: 'Lombardia', postalCode: '25121', prefix: '030' }, { city: 'Varese', province: 'VA', region: 'Lombardia', postalCode: '21100', prefix: '0332' },
  { city: 'Torino', province: 'TO', region: 'Piemonte', postalCode: '10121', prefix: '011' }, { city: 'Cuneo', province: 'CN', region: 'Piemonte', postalCode: '12100', prefix: '0171' },
  { city: 'Genova', province: 'GE', region: 'Liguria', postalCode: '16121', prefix: '010' }, { city: 'Verona', province: 'VR', region: 'Veneto', postalCode: '37121', prefix: '045' },
  { city: 'Padova', province: 'PD', region: 'Veneto', postalCode: '35121', prefix: '049' }, { city: 'Treviso', province: 'TV', region: 'Veneto', postalCode: '31100', prefix: '0422' },
  { city: 'Vicenza', province: 'VI', region: 'Veneto', postalCode: '36100', prefix: '0444' }, { city: 'Trento', province: 'TN', region: 'Trentino-Alto Adige', postalCode: '38122', prefix: '0461' },
  { city: 'Bolzano', province: 'BZ', region: 'Trentino-Alto Adige', postalCode: '39100', prefix: '0471' }, { city: 'Udine', province: 'UD', region: 'Friuli-Venezia Giulia', postalCode: '33100', prefix: '0432' },
  { city: 'Bologna', province: 'BO', region: 'Emilia-Romagna', postalCode: '40121', prefix: '051' }, { city: 'Modena', province: 'MO', region: 'Emilia-Romagna', postalCode: '41121', prefix: '059' },
  { city: 'Reggio nell’Emilia', province: 'RE', region: 'Emilia-Romagna', postalCode: '42121', prefix: '0522' }, { city: 'Parma', province: 'PR', region: 'Emilia-Romagna', postalCode: '43121', prefix: '0521' },
  { city: 'Forlì', province: 'FC', region: 'Emilia-Romagna', postalCode: '47121', prefix: '0543' }, { city: 'Firenze', province: 'FI', region: 'Toscana', postalCode: '50122', prefix: '055' },
  { city: 'Prato', province: 'PO', region: 'Toscana', postalCode: '59100', prefix: '0574' }, { city: 'Lucca', province: 'LU', region: 'Toscana', postalCode: '55100', prefix: '0583' },
  { city: 'Perugia', province: 'PG', region: 'Umbria', postalCode: '06121', prefix: '075' }, { city: 'Ancona', province: 'AN', region: 'Marche', postalCode: '60121', prefix: '071' },
  { city: 'Roma', province: 'RM', region: 'Lazio', postalCode: '00187', prefix: '06' }, { city: 'Latina', province: 'LT', region: 'Lazio', postalCode: '04100', prefix: '0773' },
  { city: "L'Aquila", province: 'AQ', region: 'Abruzzo', postalCode: '67100', prefix: '0862' }, { city: 'Napoli', province: 'NA', region: 'Campania', postalCode: '80133', prefix: '081' },
  { city: 'Salerno', province: 'SA', region: 'Campania', postalCode: '84121', prefix: '089' }, { city: 'Bari', province: 'BA', region: 'Puglia', postalCode: '70121', prefix: '080' },
  { city: 'Lecce', province: 'LE', region: 'Puglia', postalCode: '73100', prefix: '0832' }, { city: 'Cosenza', province: 'CS', region: 'Calabria', postalCode: '87100', prefix: '0984' },
  { city: 'Palermo', province: 'PA', region: 'Sicilia', postalCode: '90133', prefix: '091' }, { city: 'Catania', province: 'CT', region: 'Sicilia', postalCode: '95124', prefix: '095' },
  { city: 'Cagliari', province: 'CA', region: 'Sardegna', postalCode: '09124', prefix: '070' },
] as const;

// prettier-ignore
export const streets = [
  'Via Roma', 'Via Giuseppe Garibaldi', 'Viale della Repubblica', 'Via Alessandro Volta', "Via dell'Industria", 'Corso Vittorio Emanuele II', 'Via Guglielmo Marconi', 'Via Camillo Benso di Cavour', 'Viale Europa', 'Via XXV Aprile', 'Via dei Mille', 'Piazza San Marco', 'Via Leonardo da Vinci', 'Via Galileo Galilei', 'Strada Statale 11', 'Via Enrico Fermi', "Via dell'Artigianato", 'Via del Lavoro', 'Largo Augusto', 'Via Santa Lucia', 'Via Niccolò Paganini', 'Via Maestri del Lavoro',
] as const;

/** Companies abroad, with where they sit and how their telephones begin. */
// prettier-ignore
export const abroad = [
  { name: 'Bürowelt Hoffmann GmbH', country: 'DE', city: 'München', postalCode: '80331', line1: 'Sendlinger Straße', phone: '+49 89 5550', vat: '811234567' },
  { name: 'Nordlicht Planung GmbH & Co. KG', country: 'DE', city: 'Hamburg', postalCode: '20095', line1: 'Mönckebergstraße', phone: '+49 40 5550', vat: '812345678' },
  { name: 'Weiß & Söhne KG', country: 'DE', city: 'Köln', postalCode: '50667', line1: 'Hohe Straße', phone: '+49 221 5550', vat: '813456789' },
  { name: 'Atelier Lefèvre SARL', country: 'FR', city: 'Lyon', postalCode: '69002', line1: 'Rue de la République', phone: '+33 4 7255 5', vat: '40303265045' },
  { name: "Espaces d'Aujourd'hui SAS", country: 'FR', city: 'Paris', postalCode: '75011', line1: 'Boulevard Voltaire', phone: '+33 1 5555 5', vat: '83404833048' },
  { name: 'Oficinas Núñez S.L.', country: 'ES', city: 'Valencia', postalCode: '46002', line1: 'Calle de Colón', phone: '+34 96 555 5', vat: 'B46123456' },
  { name: 'Iberia Contract S.A.', country: 'ES', city: 'Barcelona', postalCode: '08007', line1: 'Passeig de Gràcia', phone: '+34 93 555 5', vat: 'A08765432' },
  { name: 'Whitfield Interiors Ltd', country: 'GB', city: 'Manchester', postalCode: 'M2 4WU', line1: 'Deansgate', phone: '+44 161 496 0', vat: '123456789' },
  { name: 'Llewellyn & Partners LLP', country: 'GB', city: 'Cardiff', postalCode: 'CF10 1EP', line1: 'St Mary Street', phone: '+44 29 2018 0', vat: '987654321' },
  { name: 'Bühler Objekteinrichtung AG', country: 'CH', city: 'Zürich', postalCode: '8001', line1: 'Bahnhofstrasse', phone: '+41 44 555 0', vat: '116281710' },
  { name: 'Ufficio Ticino SA', country: 'CH', city: 'Lugano', postalCode: '6900', line1: 'Via Nassa', phone: '+41 91 555 0', vat: '105936451' },
  { name: 'Sørensen Kontor ApS', country: 'DK', city: 'Aarhus', postalCode: '8000', line1: 'Søndergade', phone: '+45 8655 5', vat: '13585628' },
  { name: 'Van der Meer Projectinrichting B.V.', country: 'NL', city: 'Utrecht', postalCode: '3511 LX', line1: 'Oudegracht', phone: '+31 30 555 5', vat: '123456782B01' },
  { name: 'Biuro Wiśniewska sp. z o.o.', country: 'PL', city: 'Kraków', postalCode: '31-042', line1: 'Rynek Główny', phone: '+48 12 555 5', vat: '5260001246' },
  { name: 'Gonçalves & Filhos Lda', country: 'PT', city: 'Porto', postalCode: '4000-322', line1: 'Rua de Santa Catarina', phone: '+351 22 555 5', vat: '501964843' },
  { name: 'Novotná Interiéry s.r.o.', country: 'CZ', city: 'Brno', postalCode: '602 00', line1: 'Náměstí Svobody', phone: '+420 542 55', vat: '25123891' },
] as const;
