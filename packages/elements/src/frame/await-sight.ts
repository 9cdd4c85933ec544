interface Sleeper extends Element {
  requestUpdate(): void;
}

/** Wakes an element when it comes into sight; without the code that tells, at once. */
export const awaitSight = (element: Sleeper, connection: AbortSignal, wake: () => void): void => {
  const awake = (): void => {
    wake();
    element.requestUpdate();
  };
  import('./when-visible.ts').then(({ whenVisible }) => whenVisible(element, connection, awake), awake);
};
