/** What an element's public class has, as its manifest says: names between spaces. */
export interface ShellPlan {
  /** Properties that pages set. */
  readonly set: string;
  /** Properties that pages only read. */
  readonly get: string;
  /** Methods; they wait for the code. */
  readonly call: string;
  /** Part of the form around it. */
  readonly isForm?: boolean;
}

/** How the names of a class reach one of its elements. */
export interface Access<S> {
  read(shell: S, name: string): unknown;
  write(shell: S, name: string, value: unknown): void;
  call(shell: S, name: string, given: readonly unknown[]): unknown;
  internals(shell: S): ElementInternals;
}

export const namesIn = (text: string): readonly string[] => text.split(' ').filter(Boolean);

/** What a form's control answers by itself: it is true before its code has come, too. */
const ofForms = ['form', 'labels', 'validity', 'validationMessage', 'willValidate'] as const;
const checks = ['checkValidity', 'reportValidity'] as const;

/** Gives a class the properties and methods of a plan; frameworks look for them before they set anything. */
export const declareNames = <S extends object>(prototype: S, plan: ShellPlan, access: Access<S>): void => {
  const declare = (name: string, descriptor: PropertyDescriptor & ThisType<S>): void =>
    // Without a prototype: pages add to that of all objects, and browsers read descriptors through it
    void Object.defineProperty(prototype, name, Object.assign(Object.create(null), { configurable: true }, descriptor));
  const readable = (name: string): PropertyDescriptor & ThisType<S> => ({
    enumerable: true,
    get() {
      return access.read(this, name);
    },
  });
  for (const name of namesIn(plan.get)) declare(name, readable(name));
  for (const name of namesIn(plan.set))
    declare(name, {
      ...readable(name),
      set(value: unknown) {
        access.write(this, name, value);
      },
    });
  for (const name of namesIn(plan.call))
    declare(name, {
      value(...given: readonly unknown[]) {
        return access.call(this, name, given);
      },
    });
  if (!plan.isForm) return;
  for (const name of ofForms)
    declare(name, {
      enumerable: true,
      get() {
        return access.internals(this)[name];
      },
    });
  for (const name of checks)
    declare(name, {
      value() {
        return access.internals(this)[name]();
      },
    });
};
