/** Where a control is, and whether a click there would reach it. */
export interface Found {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What lies on top of it instead, if something does. */
  readonly coveredBy: string | null;
}

/** What the scripts of the pages, and `installFinding`, keep for the suite. */
export interface Hostile {
  readonly errors: string[];
  readonly violations: string[];
  readonly events: { readonly type: string; readonly target: string; readonly id?: string; readonly code?: string }[];
  readonly timers: Set<number>;
  readonly instances: PageCrm[];
  readonly before: { readonly styles: Styles; readonly traces: Traces };
  readonly createCrm: (options: Readonly<Record<string, unknown>>) => PageCrm;
  styles(): Styles;
  traces(): Traces;
  all(root?: ParentNode): Element[];
  find(id: string, role: string, name: string): Element | undefined;
  text(id: string): string;
  pwned?: number;
  [own: string]: unknown;
}

/** Of an instance, what the suite calls. */
export interface PageCrm {
  readonly prefix: string;
  define(...names: string[]): Promise<unknown>;
  update(options: Readonly<Record<string, unknown>>): void;
  setIdentity(identity: string | undefined): void;
  signOut(options?: { readonly purge?: boolean }): Promise<void>;
  diagnostics(): Promise<Readonly<Record<string, unknown>>>;
  destroy(): Promise<void>;
}

export type Styles = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Traces {
  readonly globals: readonly string[];
  readonly sheets: number;
  readonly head: number;
  readonly body: number;
  readonly attributes: readonly string[];
  readonly listeners: readonly string[];
}

declare global {
  var hostile: Hostile;
}

/**
 * Runs in the page: finds what a person would, through open shadow roots, by role and name. A small part of ARIA,
 * written for our controls; axe and the browsers' own trees check the rest.
 */
export const installFinding = (): void => {
  const inside = (root: ParentNode | Element): Element[] =>
    [...root.children].flatMap((one) => [one, ...(one.shadowRoot ? inside(one.shadowRoot) : []), ...inside(one)]);
  const roles: Record<string, string> = { BUTTON: 'button', A: 'link', TEXTAREA: 'textbox', SELECT: 'combobox' };
  const inputs: Record<string, string> = {
    search: 'searchbox',
    checkbox: 'checkbox',
    radio: 'radio',
    number: 'spinbutton',
  };
  const roleOf = (one: Element): string => {
    const given = one.getAttribute('role');
    if (given) return given;
    if (one instanceof HTMLInputElement) return inputs[one.type] ?? 'textbox';
    if (one instanceof HTMLElement && one.isContentEditable) return 'textbox';
    return /^H[1-6]$/.test(one.tagName) ? 'heading' : (roles[one.tagName] ?? '');
  };
  const clean = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();
  const nameOf = (one: Element): string => {
    const root = one.getRootNode() as Document | ShadowRoot;
    const named = clean(one.getAttribute('aria-labelledby')).split(' ').filter(Boolean);
    const byIds = named.map((id) => clean(root.getElementById(id)?.textContent)).join(' ');
    const labels = (one as HTMLInputElement).labels;
    const byLabels = labels ? [...labels].map((label) => clean(label.textContent)).join(' ') : '';
    return byIds || clean(one.getAttribute('aria-label')) || byLabels || clean(one.textContent);
  };
  hostile.all = (root: ParentNode = document) => inside(root);
  hostile.find = (id, role, name) => {
    const host = document.getElementById(id);
    const roots = host ? [host, ...inside(host), ...(host.shadowRoot ? inside(host.shadowRoot) : [])] : [];
    return roots.find((one) => roleOf(one) === role && nameOf(one).includes(name));
  };
  hostile.text = (id) => {
    const host = document.getElementById(id);
    const textOf = (node: Node): string =>
      [...node.childNodes]
        .map((child) =>
          child instanceof Text ? child.data : child instanceof Element ? textOf(child.shadowRoot ?? child) : '',
        )
        .join(' ');
    return host ? clean(textOf(host.shadowRoot ?? host)) : '';
  };
};

/** Runs in the page: brings a control into sight and says where it is. */
export const locateInPage = (id: string, role: string, name: string): Found | null => {
  const one = hostile.find(id, role, name);
  if (!one) return null;
  one.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  const { left, top, width, height } = one.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot?.elementFromPoint(x, y) && hit.shadowRoot.elementFromPoint(x, y) !== hit)
    hit = hit.shadowRoot.elementFromPoint(x, y);
  const upwards = (from: Node | null): Node[] =>
    from ? [from, ...upwards(from instanceof ShadowRoot ? from.host : from.parentNode)] : [];
  const isReached = hit !== null && (upwards(hit).includes(one) || upwards(one).includes(hit));
  return { x, y, width, height, coveredBy: isReached ? null : (hit?.outerHTML.slice(0, 80) ?? 'nothing at all') };
};
