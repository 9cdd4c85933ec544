import { plainText } from '@tessera-crm/model/format/plain-text.js';

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const raw: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** Exactly what `toPlainHtml` makes: one paragraph, line breaks, three entities, nothing else. */
const ours = /^<p>(?:[^<>&]|&(?:amp|lt|gt);|<br>)*<\/p>$/;

/** Text as a piece of HTML that says the same and nothing more: what was typed as a tag is shown as typed. */
export const toPlainHtml = (text: string): string =>
  `<p>${text.replaceAll(/[&<>]/g, (character) => escaped[character]!).replaceAll(/\r\n?|\n/g, '<br>')}</p>`;

/** The text of such a piece, as it was typed; of any other, its words. */
export const fromHtml = (html: string): string =>
  ours.test(html)
    ? html
        .slice(3, -4)
        .replaceAll('<br>', '\n')
        .replaceAll(/&(?:amp|lt|gt);/g, (entity) => raw[entity]!)
    : plainText(html);

/** Whether editing it as plain text loses nothing. */
export const isPlainHtml = (html: string): boolean => ours.test(html) || !/[<&]/.test(html);
