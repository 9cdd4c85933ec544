// Written by `npm run generate` from custom-elements.json.
export const parts =
  'table head row link cards search more message retry offline-note';
