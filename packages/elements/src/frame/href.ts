/** Schemes that only navigate; `javascript:`, `data:` and their like run or show what a stranger wrote. */
const harmless = new Set(['http:', 'https:', 'mailto:', 'tel:', 'sms:']);

/** The address if following it is harmless, undefined otherwise. Relative addresses are the page's own. */
export const safeHref = (href: string | null | undefined): string | undefined => {
  if (!href) return undefined;
  try {
    return harmless.has(new URL(href, document.baseURI).protocol) ? href : undefined;
  } catch {
    return undefined;
  }
};
