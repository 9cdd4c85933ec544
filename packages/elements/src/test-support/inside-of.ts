/** The element inside of a shell; undefined until its code is there. */
export const insideOf = <E extends HTMLElement>(shell: Element): E | undefined =>
  [...(shell.shadowRoot?.children ?? [])].find((one) => one.hasAttribute('exportparts')) as E | undefined;

/** What an element shows, be it in a shell or by itself. */
export const shadowOf = (element: Element): ShadowRoot | null => (insideOf(element) ?? element).shadowRoot;
