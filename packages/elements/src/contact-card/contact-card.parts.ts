// Written by `npm run generate` from custom-elements.json.
export const parts =
  'card name account phone email call write waiting refusal message retry offline-note';
