// Written by `npm run generate` from custom-elements.json.
export const parts =
  'panel heading field label input field-error attachments drop-zone notice refusal submit done another message retry offline-note';
