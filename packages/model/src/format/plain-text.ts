/** Elements whose content is no text for readers. */
const silent = new Set(['script', 'style', 'template', 'noscript']);

/** Elements that begin a new line. */
const blocks = new Set([
  'p',
  'div',
  'br',
  'li',
  'ul',
  'ol',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'tr',
  'blockquote',
  'pre',
  'hr',
]);

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const character = (code: number): string =>
  code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';

const decode = (text: string): string =>
  text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex) return character(Number.parseInt(hex, 16));
      if (decimal) return character(Number(decimal));
      return entities[name!.toLowerCase()] ?? whole;
    },
  );

/** Where the tag that opens at `start` ends, and what it leaves in the text. */
const skipTag = (html: string, start: number): { readonly end: number; readonly text: string } => {
  if (html.startsWith('<!--', start)) return { end: after(html, '-->', start + 4), text: '' };
  const name = /^<\/?([a-z][a-z0-9]*)/i.exec(html.slice(start, start + 24))?.[1]?.toLowerCase();
  if (name === undefined) return { end: start + 1, text: '<' };
  const end = after(html, '>', start);
  if (!silent.has(name) || html[start + 1] === '/') return { end, text: blocks.has(name) ? '\n' : '' };
  const close = new RegExp(`</${name}`, 'gi');
  close.lastIndex = end;
  return { end: close.test(html) ? after(html, '>', close.lastIndex) : html.length, text: '' };
};

const after = (html: string, mark: string, from: number): number => {
  const found = html.indexOf(mark, from);
  return found < 0 ? html.length : found + mark.length;
};

/**
 * The words of a piece of HTML, one block per line: for searching, sorting and showing as text.
 *
 * The result is text. It is not safe to be put into a page as HTML; nothing is.
 */
export const plainText = (html: string): string => {
  let text = '';
  let at = 0;
  // Walked by hand, because patterns for tags take quadratic time on hostile input
  while (at < html.length) {
    const open = html.indexOf('<', at);
    text += html.slice(at, open < 0 ? html.length : open);
    if (open < 0) break;
    const tag = skipTag(html, open);
    text += tag.text;
    at = tag.end;
  }
  return decode(text)
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n[ \n]*/g, '\n')
    .trim();
};
