// The last script before our own: how the host looks and what it holds while it is alone.
{
  const styleOf = (element) => {
    const style = getComputedStyle(element);
    // Sizes follow from the room there is, which is not the question
    return Object.fromEntries(
      [...style]
        .filter((name) => !/(^|-)(width|height|block-size|inline-size|origin|top|left|right|bottom)$|^inset/.test(name))
        .map((name) => [name, style.getPropertyValue(name)]),
    );
  };
  hostile.styles = () =>
    Object.fromEntries(
      [...document.querySelectorAll('[data-canary]')].map((one) => [one.dataset.canary, styleOf(one)]),
    );
  hostile.traces = () => ({
    globals: Object.getOwnPropertyNames(globalThis),
    sheets: document.adoptedStyleSheets.length,
    head: document.head.childElementCount,
    body: document.body.childElementCount,
    attributes: [document.documentElement, document.body].flatMap((one) => one.getAttributeNames()),
    listeners: [...hostile.listeners].map(({ target, type }) => `${type} of ${target.constructor.name}`),
  });
  hostile.before = { styles: hostile.styles() };
  // Whatever stands below in the page is the host's, too
  document.addEventListener('readystatechange', () => (hostile.before.traces ??= hostile.traces()), { once: true });
}
