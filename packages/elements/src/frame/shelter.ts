/** What an element is shown in when its code came after its tag: the element that the page knows. */
export interface Shelter {
  readonly outer: HTMLElement;
  readonly internals: ElementInternals;
}

let handed: Shelter | undefined;

/** Makes an element for a shell: what its constructor takes, because nothing can be handed to constructors of elements. */
export const inShelter = <T>(shelter: Shelter, make: () => T): T => {
  handed = shelter;
  try {
    return make();
  } finally {
    handed = undefined;
  }
};

/** For the constructor: undefined for an element that stands in the page by itself. */
export const takeShelter = (): Shelter | undefined => {
  const shelter = handed;
  handed = undefined;
  return shelter;
};
