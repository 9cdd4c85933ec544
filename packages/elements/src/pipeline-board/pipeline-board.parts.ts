// Written by `npm run generate` from custom-elements.json.
export const parts =
  'toolbar columns column column-header card card-name notice refusal dialog field label input field-error message retry offline-note';
