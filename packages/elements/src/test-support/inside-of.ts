/** The element inside of a shell; undefined until its code is there. */
export const insideOf = <E extends HTMLElement>(shell: Element): E | undefined =>
  [...(shell.shadowRoot?.children ?? [])].find((one) => one.hasAttribute('exportparts')) as E | undefined;
