/** A root in which nothing is ever submitted, as in a frame whose `sandbox` does not allow forms. */
export const forbidForms = (root: Node): void =>
  root.addEventListener(
    'submit',
    (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
