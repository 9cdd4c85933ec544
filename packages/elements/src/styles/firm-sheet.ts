const made = new WeakMap<CSSStyleSheet, CSSStyleSheet>();

/**
 * What a style sheet says of `:host`, so that no rule of the page can say otherwise.
 *
 * A page's rules outweigh those of `:host`; with `!important` it is the other way round, even against the page's own
 * `!important`. What was inherited is the browser's own then.
 */
export const firmSheet = (sheet: CSSStyleSheet): CSSStyleSheet => {
  const existing = made.get(sheet);
  if (existing) return existing;
  const firm = new CSSStyleSheet();
  firm.replaceSync(firmRules(sheet.cssRules));
  made.set(sheet, firm);
  return firm;
};

const firmRules = (rules: CSSRuleList): string => [...rules].map(firmRule).join('\n');

const firmRule = (rule: CSSRule): string => {
  if (rule instanceof CSSStyleRule) {
    const hosts = rule.selectorText.split(/,(?![^(]*\))/).filter((selector) => isHostAlone(selector.trim()));
    return hosts.length > 0 ? `${hosts.join()} { ${firmDeclarations(rule.style.cssText)} }` : '';
  }
  if (!(rule instanceof CSSGroupingRule)) return '';
  const inside = firmRules(rule.cssRules);
  return inside.trim() ? `${rule.cssText.slice(0, rule.cssText.indexOf('{'))} { ${inside} }` : '';
};

/** The host itself, not what is inside it. */
const isHostAlone = (selector: string): boolean => /^:host(\(.*\))?$/.test(selector);

/** Custom properties stay as they are: ours are nobody's business, and the public ones are for the page to set. */
const firmDeclarations = (text: string): string =>
  text
    .split(/;(?![^(]*\))/)
    .map((declaration) => declaration.trim())
    .filter((declaration) => declaration && !declaration.startsWith('--'))
    .map((declaration) => declaration.replace(/\s*!important$/, ''))
    .map((declaration) => `${declaration.replace(/:\s*inherit$/, ': initial')} !important;`)
    .join(' ');
