// Makes templates where a page allows no policy for Trusted Types and the browser has no `setHTML`: node by node.

/** Elements that have no end. */
const empty = /^(?:br|col|hr|img|input|link|meta|source|wbr)$/;

const html = 'http://www.w3.org/1999/xhtml';

const namespaces: Readonly<Record<string, string>> = {
  svg: 'http://www.w3.org/2000/svg',
  math: 'http://www.w3.org/1998/Math/MathML',
};

/** A comment, what browsers take for one, an end, a beginning with its attributes, text. */
const tokens =
  /<!--([^]*?)-->|<(\?[^>]*)>|<\/([a-z][^\s>]*)\s*>|<([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>|([^<]+|<)/gi;

const attributes = /([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

const decoded = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|(\w+));/g, (whole, code: string | undefined, name: string) =>
    code === undefined ? (characters[name] ?? whole) : String.fromCodePoint(Number(code)),
  );

/** `@click` is no name that a script may give; what Lit reads of a name is its end, and the order. */
const settable = (name: string): string => name.replace(/^[.?@]/, (sign) => `_${sign.charCodeAt(0)}`);

const setAttributes = (element: Element, text: string): void => {
  for (const [, name = '', ...values] of text.matchAll(attributes)) {
    const known = element instanceof SVGElement ? name : name.toLowerCase();
    element.setAttribute(settable(known), decoded(values.find((value) => value !== undefined) ?? ''));
  }
};

const close = (open: Node[], name: string): void => {
  const from = open.findLastIndex(({ nodeName }) => nodeName.toLowerCase() === name.toLowerCase());
  // whoever closes what is not open has closed it already
  if (from > 0) open.length = from;
};

/**
 * Puts markup into a template as a browser would, for markup that our own code wrote: elements are closed where they end,
 * but for those that have no end, and nothing in it is a script.
 */
export const fillNodeByNode = (template: HTMLTemplateElement, markup: string): void => {
  const { content } = template;
  // its own document does nothing: no image is fetched and no element runs before the template is used
  const inert = content.ownerDocument;
  const open: Node[] = [content];
  for (const [, comment, odd, end, name, text = '', plain] of markup.matchAll(tokens)) {
    const parent = open.at(-1)!;
    if (end !== undefined) close(open, end);
    else if (name === undefined)
      parent.appendChild(
        plain === undefined ? inert.createComment(comment ?? odd!) : inert.createTextNode(decoded(plain)),
      );
    else {
      const inherited = parent instanceof Element && parent.localName !== 'foreignObject' ? parent.namespaceURI : null;
      const namespace = namespaces[name] ?? inherited ?? html;
      const element = inert.createElementNS(namespace, namespace === html ? name.toLowerCase() : name);
      setAttributes(element, text);
      parent.appendChild(element);
      if (!empty.test(name) && !(element instanceof SVGElement && /(?:^|[\s"'])\/$/.test(text))) open.push(element);
    }
  }
};
