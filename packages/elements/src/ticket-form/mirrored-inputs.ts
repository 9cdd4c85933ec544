/** Marks the inputs that we put into the page, so that we touch no other. */
const mark = 'data-mirror';

/**
 * Hidden inputs in the page itself that repeat what an element holds, for code that looks for inputs only, such as
 * jQuery's `serialize()`: one under the element's name, and `name[field]` for each field.
 */
export const mirrorInputs = (host: HTMLElement, entries: ReadonlyMap<string, string>, isDisabled: boolean): void => {
  const present = new Map(
    [...host.querySelectorAll<HTMLInputElement>(`:scope > input[${mark}]`)].map((input) => [input.name, input]),
  );
  for (const [name, value] of entries) {
    const input = present.get(name) ?? host.appendChild(newInput(name));
    if (input.value !== value) input.value = value;
    input.disabled = isDisabled;
    present.delete(name);
  }
  for (const gone of present.values()) gone.remove();
};

const newInput = (name: string): HTMLInputElement => {
  const input = document.createElement('input');
  input.type = 'hidden';
  input.name = name;
  input.setAttribute(mark, '');
  return input;
};
