// How bundles make Lit's templates, in the place of Lit's own policy for Trusted Types.

/** Puts markup that our own code wrote into a template. */
interface Fill {
  (template: HTMLTemplateElement, markup: string): void;
  /** Has to be waited for before the first template is made. */
  readonly ready?: () => Promise<void>;
}

/**
 * What all copies on a page share, whatever their version: under `trusted-types lit-html` a policy is made once. Who
 * fetches elements knows it by this name as well.
 */
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
  try {
    const policy = page.trustedTypes?.createPolicy?.('lit-html', { createHTML: (markup) => markup });
    return (template, markup) => {
      template.innerHTML = policy ? policy.createHTML(markup) : markup;
    };
  } catch {
    return Object.assign(unready, { ready: fetchParser });
  }
};

const unready = (): never => {
  throw new Error('The code that makes templates here is not there yet.');
};

/** For pages that allow no policy; few, therefore fetched. */
const fetchParser = async (): Promise<void> => {
  page[shared] = (await import('./template-parser.ts')).fillNodeByNode;
};

page[shared] ??= keepsAll() ? byBrowser : byPolicy();

export const templateOf = (markup: string): HTMLTemplateElement => {
  const template = newTemplate();
  page[shared]!(template, markup);
  return template;
};
