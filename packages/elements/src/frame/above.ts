/** The element and everything around it, from inside out, through shadow hosts and slots' owners. */
export const above = (element: Element): readonly Element[] => {
  const chain: Element[] = [];
  for (let at: Element | null = element; at; at = parentOf(at)) chain.push(at);
  return chain;
};

const parentOf = (element: Element): Element | null => {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
};
