import type { CrmSettings, DressedElement } from '../frame/instance.ts';
import { closeShell } from '../shell/room.ts';
import { firmSheet } from './firm-sheet.ts';

/** How an element is to stand in its page. */
export type Dress = Pick<CrmSettings, 'isolation' | 'density'>;

const worn = new WeakMap<ShadowRoot, readonly CSSStyleSheet[]>();
const dressed = new WeakSet<DressedElement>();
const wiped = new WeakSet<DressedElement>();

/**
 * Keeps an element as its instance wants it: closed to the page's styles or not, and with how much room.
 *
 * @param isWiped - The page took its box from it, so that it has to be closed whatever the instance wants.
 */
export const dress = (host: DressedElement, isWiped = false): void => {
  if (isWiped) wiped.add(host);
  const follow = (): void => {
    const given = host.crm?.settings ?? {};
    const settings: Dress = wiped.has(host) ? { ...given, isolation: 'strict' } : given;
    if (host.shadowRoot) dressRoot(host.shadowRoot, settings);
    const shell = host.outer === host ? null : host.outer.shadowRoot;
    if (shell) closeShell(shell, settings.isolation === 'strict');
  };
  if (isWiped) follow();
  if (dressed.has(host)) return;
  dressed.add(host);
  // With each update, because styles come late, and because an element may go to another instance
  host.addController({ hostUpdated: follow, hostConnected: follow });
};

/** The same for a shadow root, once. Its own style sheets stay as they are, copies of their rules come behind them. */
export const dressRoot = (root: ShadowRoot, { isolation, density }: Dress): void => {
  const before = worn.get(root) ?? [];
  const own = root.adoptedStyleSheets.filter((sheet) => !before.includes(sheet));
  const roomy = density ? own.map((sheet) => densitySheet(sheet, density)) : [];
  const firm = isolation === 'strict' ? [...[...own, ...roomy].map(firmSheet), measureSheet(root)] : [];
  const now = [...roomy, ...firm];
  if (now.length === before.length && now.every((sheet, at) => sheet === before[at])) return;
  worn.set(root, now);
  root.adoptedStyleSheets = [...own, ...now];
};

type Density = NonNullable<CrmSettings['density']>;

const densities = new Map<Density, WeakMap<CSSStyleSheet, CSSStyleSheet>>();

/** The rules that an element has for a density, for those that say nothing of it themselves. */
const densitySheet = (sheet: CSSStyleSheet, density: Density): CSSStyleSheet => {
  const made = densities.get(density) ?? new WeakMap<CSSStyleSheet, CSSStyleSheet>();
  densities.set(density, made);
  const existing = made.get(sheet);
  if (existing) return existing;
  const attribute = `[density="${density}"]`;
  const copy = new CSSStyleSheet();
  const rules = [...sheet.cssRules].map((rule) => rule.cssText).filter((text) => text.includes(attribute));
  copy.replaceSync(rules.join('\n').replaceAll(attribute, ':not([density])'));
  made.set(sheet, copy);
  return copy;
};

let measure: CSSStyleSheet | undefined;

/**
 * What a strict element measures its type by, since it does not by the page: the browser's own font, in the size that the
 * person has set in the browser.
 */
const measureSheet = (root: ShadowRoot): CSSStyleSheet => {
  if (measure) return measure;
  const probe = new CSSStyleSheet();
  probe.replaceSync(':host { font-size: medium !important }');
  root.adoptedStyleSheets.push(probe);
  const medium = getComputedStyle(root.host).fontSize;
  root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== probe);
  measure = new CSSStyleSheet();
  measure.replaceSync(`:host { --_font: system-ui, sans-serif; --_em: ${medium} }`);
  return measure;
};
