/** The names that a prefix makes. */
export interface Names {
  readonly prefix: string;
  /** `Acme`, the beginning of types and components. */
  readonly Prefix: string;
  /** `acme-contact-card`. */
  tag(element: string): string;
  /** `AcmeContactCard`. */
  component(element: string): string;
  /** `acme-before-save`. */
  event(name: string): string;
  /** `onAcmeBeforeSave`. */
  handler(name: string): string;
  /** `--acme-accent`. */
  cssProperty(name: string): string;
}

const validPrefix = /^[a-z][a-z0-9]*$/;

const pascal = (name: string): string =>
  name.replaceAll(/(^|-)([a-z0-9])/g, (_all, _dash, first: string) => first.toUpperCase());

/** @throws {RangeError} For what `createCrm` would not take as a prefix either. */
export const namesOf = (prefix: string): Names => {
  if (!validPrefix.test(prefix)) throw new RangeError(`"${prefix}" cannot be a prefix.`);
  const Prefix = pascal(prefix);
  return {
    prefix,
    Prefix,
    tag: (element) => `${prefix}-${element}`,
    component: (element) => Prefix + pascal(element),
    event: (name) => `${prefix}-${name}`,
    handler: (name) => `on${Prefix}${pascal(name)}`,
    cssProperty: (name) => `--${prefix}-${name}`,
  };
};

/** Words about the default prefix, put into those of another: `--crm-accent`, `crm-open`, `<crm-ticket-form>`. */
export const reword = (text: string, { prefix }: Names): string => text.replaceAll(/\b(on)?crm-/g, `$1${prefix}-`);
