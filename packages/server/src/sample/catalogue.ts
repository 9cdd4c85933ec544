interface Item {
  readonly sku: string;
  readonly name: string;
  /** Euros. */
  readonly price: string;
  readonly group: string;
  readonly unit: 'pz' | 'set' | 'h' | 'd' | 'm2';
  readonly type?: 'stocked' | 'virtual';
}

const item = (sku: string, name: string, price: string, group: string, unit: Item['unit'] = 'pz'): Item => ({
  sku,
  name,
  price,
  group,
  unit,
  type: unit === 'h' || unit === 'd' ? 'virtual' : 'stocked',
});

/** What a supplier of offices sells. */
// prettier-ignore
export const catalogue: readonly Item[] = [
  item('SCR-120', 'Scrivania Nova 120×80', '249.00', 'Scrivanie'), item('SCR-140', 'Scrivania Nova 140×80', '279.00', 'Scrivanie'), item('SCR-160', 'Scrivania Nova 160×80', '309.00', 'Scrivanie'),
  item('SCR-180D', 'Scrivania direzionale Alba 180×90', '890.00', 'Scrivanie'), item('SCR-E140', 'Scrivania regolabile Onda 140', '649.00', 'Scrivanie'), item('SCR-E160', 'Scrivania regolabile Onda 160', '699.00', 'Scrivanie'),
  item('SCR-B2', 'Bench doppio Ponte 160', '720.00', 'Scrivanie'), item('SCR-B4', 'Bench quadruplo Ponte 160', '1380.00', 'Scrivanie'), item('SCR-B6', 'Bench per sei Ponte 160', '1990.00', 'Scrivanie'),
  item('SED-OP1', 'Sedia operativa Lina', '189.00', 'Sedute'), item('SED-OP2', 'Sedia operativa Lina con poggiatesta', '229.00', 'Sedute'), item('SED-ER1', 'Sedia ergonomica Vela', '389.00', 'Sedute'),
  item('SED-DIR', 'Poltrona direzionale Corte in pelle', '790.00', 'Sedute'), item('SED-VIS', 'Sedia visitatore Lina', '119.00', 'Sedute'), item('SED-IMP', 'Sedia impilabile Fila', '79.00', 'Sedute'),
  item('SED-SGA', 'Sgabello tecnico Gru', '165.00', 'Sedute'), item('SED-DIV2', 'Divano attesa Piazza due posti', '980.00', 'Sedute'), item('SED-POL', 'Poltroncina attesa Piazza', '520.00', 'Sedute'),
  item('TAV-R8', 'Tavolo riunioni Agorà 240', '1150.00', 'Riunioni'), item('TAV-R12', 'Tavolo riunioni Agorà 360', '1690.00', 'Riunioni'), item('TAV-T120', 'Tavolo tondo Agorà 120', '460.00', 'Riunioni'),
  item('TAV-ALT', 'Tavolo alto Pausa', '390.00', 'Riunioni'), item('LAV-MAG', 'Lavagna magnetica 180×120', '219.00', 'Riunioni'), item('LAV-VET', 'Lavagna in vetro 150×100', '329.00', 'Riunioni'),
  item('ARM-B80', 'Armadio basso con serratura 80', '259.00', 'Contenitori'), item('ARM-A80', 'Armadio alto con serratura 80', '429.00', 'Contenitori'), item('ARM-T120', 'Armadio ad ante scorrevoli 120', '389.00', 'Contenitori'),
  item('CAS-3', 'Cassettiera su ruote tre cassetti', '149.00', 'Contenitori'), item('LIB-80', 'Libreria a giorno 80', '219.00', 'Contenitori'), item('ARM-SP6', 'Armadietto spogliatoio sei vani', '469.00', 'Contenitori'),
  item('SCA-MET', 'Scaffalatura metallica 100×40×200', '139.00', 'Contenitori'), item('CAS-IGN', 'Cassaforte ignifuga 60 litri', '890.00', 'Contenitori'),
  item('LUC-TAV', 'Lampada da tavolo Stelo LED', '89.00', 'Illuminazione'), item('LUC-TER', 'Piantana Stelo LED', '249.00', 'Illuminazione'), item('LUC-PAN', 'Pannello LED 60×60 UGR<19', '74.50', 'Illuminazione'),
  item('LUC-SOS', 'Sospensione lineare Riga 150', '319.00', 'Illuminazione'), item('LUC-BIN', 'Faretto a binario Punto', '68.00', 'Illuminazione'), item('LUC-EME', 'Lampada di emergenza', '54.90', 'Illuminazione'),
  item('ACU-PAR', 'Parete fonoassorbente Quiete 120×180', '349.00', 'Acustica'), item('ACU-SCH', 'Schermo da scrivania Quiete 140', '129.00', 'Acustica'), item('ACU-SOF', 'Pannello a soffitto Nuvola', '189.00', 'Acustica'),
  item('ACU-CAB', 'Cabina telefonica Silente', '4290.00', 'Acustica'), item('ACU-CA4', 'Cabina riunioni Silente per quattro', '9800.00', 'Acustica'),
  item('TEC-BRA', 'Braccio porta monitor', '98.00', 'Accessori'), item('TEC-BR2', 'Braccio per due monitor', '159.00', 'Accessori'), item('TEC-CAN', 'Canalina passacavi 140', '29.90', 'Accessori'),
  item('TEC-TOR', 'Torretta elettrificata a scomparsa', '112.00', 'Accessori'), item('TEC-DOC', 'Docking station USB-C', '179.00', 'Accessori'), item('ACC-POG', 'Poggiapiedi regolabile', '45.00', 'Accessori'),
  item('ACC-CES', 'Cestino per raccolta differenziata', '69.00', 'Accessori'), item('ACC-ATT', 'Attaccapanni Ramo', '99.00', 'Accessori'), item('PAV-MOQ', 'Moquette a quadrotte', '24.80', 'Pavimenti', 'm2'),
  item('PAV-LVT', 'Pavimento vinilico LVT', '31.50', 'Pavimenti', 'm2'), item('KIT-SW', 'Postazione completa smart working', '590.00', 'Kit', 'set'), item('KIT-REC', 'Reception Accoglienza con banco', '2450.00', 'Kit', 'set'),
  item('SER-PRO', 'Progettazione degli spazi', '75.00', 'Servizi', 'h'), item('SER-MON', 'Montaggio', '42.00', 'Servizi', 'h'), item('SER-TRA', 'Consegna al piano e ritiro imballi', '180.00', 'Servizi', 'd'),
  item('SER-MAN', 'Manutenzione programmata', '55.00', 'Servizi', 'h'), item('SER-SMA', 'Smaltimento del vecchio arredo', '240.00', 'Servizi', 'd'),
];
