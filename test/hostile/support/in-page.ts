/** Where a control is, and whether a click there would reach it. */
export interface Found {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What lies on top of it instead, if something does. */
  readonly coveredBy: string | null;
}

/**
 * Runs in the page: finds what a person would, through open shadow roots, by role and name. A small part of ARIA,
 * written for our controls; axe and the browsers' own trees check the rest.
 */
export const installFinding = (): void => {
  const inside = (root: ParentNode): Element[] =>
    [...root.children].flatMap((one) => [one, ...(one.shadowRoot ? inside(one.shadowRoot) : []), ...inside(one)]);
  const clean = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();
  const textOf = (node: Node): string => {
    if (node instanceof Text) return node.data;
    const shown = node instanceof Element ? (node.shadowRoot ?? node) : node;
    return [...shown.childNodes].map(textOf).join(' ');
  };
  hostile.all = (root: ParentNode = document) => inside(root);
  hostile.find = (id, role, name) => {
    const host = document.getElementById(id);
    const all = host ? [host, ...inside(host), ...(host.shadowRoot ? inside(host.shadowRoot) : [])] : [];
    return all.find((one) => hostile.roleOf(one) === role && hostile.nameOf(one).includes(name));
  };
  hostile.text = (id) => {
    const host = document.getElementById(id);
    return host ? clean(textOf(host)) : '';
  };
};

/** Runs in the page: what a control is, and what it is called. */
export const installNaming = (): void => {
  const tags: Record<string, string> = { BUTTON: 'button', A: 'link', TEXTAREA: 'textbox', SELECT: 'combobox' };
  const inputs: Record<string, string> = { search: 'searchbox', checkbox: 'checkbox', radio: 'radio' };
  const clean = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();
  hostile.roleOf = (one) => {
    const given = one.getAttribute('role');
    if (given) return given;
    if (one instanceof HTMLInputElement) return inputs[one.type] ?? 'textbox';
    if (one instanceof HTMLElement && one.isContentEditable) return 'textbox';
    return /^H[1-6]$/.test(one.tagName) ? 'heading' : (tags[one.tagName] ?? '');
  };
  hostile.nameOf = (one) => {
    const root = one.getRootNode() as Document | ShadowRoot;
    const named = clean(one.getAttribute('aria-labelledby')).split(' ').filter(Boolean);
    const byIds = named.map((id) => clean(root.getElementById(id)?.textContent)).join(' ');
    const { labels } = one as HTMLInputElement;
    const byLabels = labels ? [...labels].map((label) => clean(label.textContent)).join(' ') : '';
    return byIds || clean(one.getAttribute('aria-label')) || byLabels || clean(one.textContent);
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
