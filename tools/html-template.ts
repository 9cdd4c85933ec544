// How bundles make Lit's templates, in the place of Lit's own policy for Trusted Types.

/** Puts markup that our own code wrote into a template. */
type Fill = (template: HTMLTemplateElement, markup: string) => void;

/** What all copies on a page share, whatever their version: under `trusted-types lit-html` a policy is made once. */
const shared = Symbol.for('tessera.fill-template');

interface Page {
  [shared]?: Fill;
  readonly trustedTypes?: {
    createPolicy?(name: string, rules: { createHTML(markup: string): string }): { createHTML(markup: string): string };
  };
}

const page = globalThis as Page;

const newTemplate = (): HTMLTemplateElement => document.createElement('template');

/**
 * Needs no policy, and so works under `trusted-types 'none'`: what browsers take out (scripts, `on…` attributes) is not
 * in our templates. The list of what to remove being empty, everything else stays.
 */
const byBrowser: Fill = (template, markup) =>
  (template as HTMLTemplateElement & { setHTML(markup: string, options: object): void }).setHTML(markup, {
    sanitizer: { comments: true, removeElements: [] },
  });

/** Whether the browser has it as it is meant today: Chromium 105 to 118 had another of that name. */
const keepsAll = (): boolean => {
  const probe = newTemplate();
  try {
    byBrowser(probe, '<td .a=""><!--b-->');
  } catch {}
  return probe.innerHTML === '<td .a=""><!--b--></td>';
};

/** For browsers without it, which are the older ones. */
const byPolicy = (): Fill => {
  const { trustedTypes } = page;
  let trusted = (markup: string): string => markup;
  try {
    const policy = trustedTypes?.createPolicy?.('lit-html', { createHTML: trusted });
    if (policy) trusted = (markup) => policy.createHTML(markup);
  } catch {
    // Where no policy is allowed, text may still be
  }
  const fill: Fill = (template, markup) => {
    template.innerHTML = trusted(markup);
  };
  // Throws now what would else break elements while they are shown: that their code is of no use here
  fill(newTemplate(), '');
  return fill;
};

const fill = (page[shared] ??= keepsAll() ? byBrowser : byPolicy());

export const templateOf = (markup: string): HTMLTemplateElement => {
  const template = newTemplate();
  fill(template, markup);
  return template;
};
