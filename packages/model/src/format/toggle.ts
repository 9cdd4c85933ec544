/** Yes and no, by language. */
const words: Readonly<Record<string, readonly [string, string]>> = {
  de: ['Ja', 'Nein'],
  en: ['Yes', 'No'],
  es: ['Sí', 'No'],
  fr: ['Oui', 'Non'],
  it: ['Sì', 'No'],
  pt: ['Sim', 'Não'],
};

export const formatToggle = (value: boolean, locale: string): string =>
  (words[locale.split('-')[0]!.toLowerCase()] ?? words.en!)[value ? 0 : 1];
