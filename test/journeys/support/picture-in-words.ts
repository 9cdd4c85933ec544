import type { Page } from 'playwright-core';

/** All elements of a page in words: tags, attributes, texts, states and sizes through shadow roots, one line each. */
export const inWords = async (page: Page, tags: readonly string[]): Promise<string> => {
  const lines = await page.evaluate(describe, tags);
  return lines.join('\n').replaceAll(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, '<id>');
};

/** Runs in the page. */
const describe = (tags: readonly string[]): readonly string[] => {
  const states = ['loading', 'ready', 'empty', 'error', 'offline', 'forbidden', 'dirty', 'readonly'];
  const lines: string[] = [];
  const walk = (node: Node, depth: number): void => {
    const say = (text: string): unknown => lines.push('  '.repeat(depth) + text);
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.nodeValue?.trim()) say(node.nodeValue.trim());
      return;
    }
    // Lit marks its places by comments with a number of chance
    if (node.nodeType === Node.COMMENT_NODE) return void say('<!---->');
    if (!(node instanceof Element)) return;
    const attributes = [...node.attributes].map(({ name, value }) => `${name}="${value}"`).sort();
    const { width, height } = node.getBoundingClientRect();
    say([node.localName, ...attributes, `${Math.round(width)}×${Math.round(height)}`].join(' '));
    if (node.localName.includes('-')) say(`: ${states.filter((state) => node.matches(`:state(${state})`)).join()}`);
    if ('value' in node && typeof node.value === 'string') say(`= ${node.value}`);
    if (node.shadowRoot) for (const child of node.shadowRoot.childNodes) walk(child, depth + 1);
    for (const child of node.childNodes) walk(child, depth + 1);
  };
  for (const element of document.querySelectorAll(tags.join())) walk(element, 0);
  return lines;
};
