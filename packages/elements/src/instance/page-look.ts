import { contrast, luminance, readColor, white, writeColor, type Rgb, type Scheme } from './colors.ts';
import type { Seeds } from './seeds.ts';

/** How a page looks, as far as elements can look alike. */
export interface PageLook {
  readonly scheme: Scheme;
  readonly seeds: Seeds;
}

/** Attributes of `html` and `body` by which pages switch between themes. */
const themeAttributes = ['class', 'data-theme', 'data-bs-theme', 'data-color-scheme', 'data-color-mode', 'data-mode'];

/** Reading makes a browser work out all styles, so a page that changes its classes all the time is read this rarely. */
const restBetween = 250;

/** What pages press. The first of them with a colour of its own tells the brand. */
const buttons = 'button, [type="submit"], [role="button"], [class*="btn"], [class*="button"]';

/** Nobody looks through a whole page for its brand. */
const mostLookedAt = 40;

/** The blue of links that nobody chose. */
const plainLinks = ['#0000ee', '#9e9eff', '#9e9eff', '#551a8b', '#d0adf0'];

/** Reads font, colours and accent of what surrounds an element. */
export const readPageLook = (element: Element): PageLook => {
  const style = getComputedStyle(element);
  const surface = groundOf(element);
  const text = readColor(style.color, surface);
  const accent = accentOf(element, surface, text);
  const heading = document.querySelector('h1, h2');
  const headingFont = heading ? getComputedStyle(heading).fontFamily : style.fontFamily;
  return {
    scheme: luminance(surface) > 0.18 ? 'light' : 'dark',
    seeds: {
      font: style.fontFamily,
      ...(headingFont !== style.fontFamily && { headingFont }),
      surface: writeColor(surface),
      ...(text && { text: writeColor(text) }),
      ...(accent && { accent: writeColor(accent) }),
    },
  };
};

/**
 * Tells the look of a page now and whenever its theme changes: its scheme, or a class or an attribute of `html` or `body`.
 *
 * @param element - Whose surroundings are read; the body for the root.
 * @returns How to stop.
 */
export const followPageLook = (element: Element, changed: (look: PageLook) => void): (() => void) => {
  const { signal, abort } = stopping();
  let readAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = (): void => {
    timer = undefined;
    readAt = performance.now();
    changed(readPageLook(element === document.documentElement ? (document.body ?? element) : element));
  };
  const readSoon = (): void => {
    timer ??= setTimeout(read, Math.max(16, readAt + restBetween - performance.now()));
  };
  const observer = new MutationObserver(readSoon);
  for (const one of [document.documentElement, document.body])
    if (one) observer.observe(one, { attributeFilter: themeAttributes });
  for (const media of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'])
    matchMedia(media).addEventListener('change', readSoon, { signal });
  // Style sheets and the body may come after us, and a theme may fade from one to the other
  addEventListener('load', readSoon, { signal });
  document.addEventListener('DOMContentLoaded', readSoon, { signal });
  document.addEventListener('transitionend', (event) => isRoot(event.target) && readSoon(), { signal });
  signal.addEventListener('abort', () => {
    observer.disconnect();
    clearTimeout(timer);
  });
  read();
  return abort;
};

const stopping = (): { readonly signal: AbortSignal; abort(): void } => {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
};

const isRoot = (target: EventTarget | null): boolean => target === document.body || target === document.documentElement;

/** What an element stands on: everything behind it, laid over each other. */
const groundOf = (element: Element): Rgb => {
  const behind = parentOf(element);
  const under = behind ? groundOf(behind) : paper();
  return readColor(getComputedStyle(element).backgroundColor, under) ?? under;
};

const parentOf = (element: Element): Element | null => {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
};

/** What browsers paint where a page paints nothing. */
const paper = (): Rgb => {
  const { colorScheme } = getComputedStyle(document.documentElement);
  const isDark =
    /dark/.test(colorScheme) && (!/light/.test(colorScheme) || matchMedia('(prefers-color-scheme: dark)').matches);
  return isDark ? [0.07, 0.07, 0.07] : white;
};

/** The page's `accent-color`, else the colour of its first coloured button, else that of its links. */
const accentOf = (element: Element, surface: Rgb, text: Rgb | undefined): Rgb | undefined => {
  const chosen = readColor(getComputedStyle(element).accentColor, surface);
  if (chosen) return chosen;
  const pressed = stylesOf(buttons).map(({ backgroundColor }) => readColor(backgroundColor, surface));
  const linked = stylesOf('a[href]').map(({ color }) => readColor(color, surface));
  const isOwn = (color: Rgb | undefined): color is Rgb =>
    color !== undefined && isColoured(color) && !plainLinks.includes(writeColor(color));
  return (
    pressed.find((color) => isOwn(color) && contrast(color, surface) > 1.2) ??
    linked.find((color) => isOwn(color) && (!text || writeColor(color) !== writeColor(text)))
  );
};

const stylesOf = (selector: string): readonly CSSStyleDeclaration[] =>
  [...document.querySelectorAll(selector)].slice(0, mostLookedAt).map((one) => getComputedStyle(one));

/** Rather a colour than a grey. */
const isColoured = (rgb: Rgb): boolean => Math.max(...rgb) - Math.min(...rgb) > 0.15;
