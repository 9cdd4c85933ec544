// Written by `npm run generate` from custom-elements.json.
export const parts =
  'status line retry review export toggle waiting message offline-note';
