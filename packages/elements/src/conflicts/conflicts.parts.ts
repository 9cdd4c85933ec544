// Written by `npm run generate` from custom-elements.json.
export const parts =
  'inbox heading entry name reason choice apply again restore discard keep message retry offline-note';
