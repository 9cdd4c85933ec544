// What the generators know of elements: custom-elements.json, as plain tables.

/** A name with the sentence that explains it. */
export interface Described {
  readonly name: string;
  readonly description: string;
}

export interface PublicAttribute extends Described {
  /** As in TypeScript. */
  readonly type: string;
  /** The property it sets; undefined where it has none. */
  readonly property: string | undefined;
}

export interface PublicProperty extends Described {
  /** As in TypeScript; the names in it are those of the element's module. */
  readonly type: string;
  /** The attribute that sets it; undefined where only code can. */
  readonly attribute: string | undefined;
  /** What it is unless set, as a literal; undefined is undefined. */
  readonly default: string | undefined;
  readonly isReadonly: boolean;
  readonly isReflected: boolean;
}

/** `open` is the event `crm-open`; the type of its detail is `CrmEvents['open']`. */
export type PublicEvent = Described;

export interface PublicElement {
  /** Without its prefix: `contact-card`. */
  readonly element: string;
  /** With the default prefix: `crm-contact-card`. */
  readonly tag: string;
  readonly className: string;
  /** Of the class, from the folder of compiled files: `contact-card/contact-card.js`. */
  readonly module: string;
  readonly description: string;
  /** A name with `*` stands for any word there. */
  readonly attributes: readonly PublicAttribute[];
  readonly properties: readonly PublicProperty[];
  readonly methods: readonly Described[];
  readonly events: readonly PublicEvent[];
  /** The name is empty for the default slot. */
  readonly slots: readonly Described[];
  readonly parts: readonly Described[];
  /** Without `--crm-`: `accent`. */
  readonly cssProperties: readonly Described[];
  /** As in `:state(loading)`. */
  readonly states: readonly Described[];
  /** Part of a form around it, as a native input is. */
  readonly formAssociated: boolean;
}

interface Named {
  readonly name: string;
  readonly description?: string;
}

interface Member extends Named {
  readonly kind: string;
  readonly type?: { readonly text: string };
  readonly attribute?: string;
  readonly default?: string;
  readonly readonly?: boolean;
  readonly reflects?: boolean;
}

interface Declaration extends Named {
  readonly tagName: string;
  readonly attributes?: readonly (Named & { readonly type?: { readonly text: string }; readonly fieldName?: string })[];
  readonly members?: readonly Member[];
  readonly events?: readonly Named[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly cssStates?: readonly Named[];
  readonly formAssociated?: boolean;
}

/** The part of custom-elements.json that is read. */
export interface Manifest {
  readonly modules: readonly { readonly path: string; readonly declarations: readonly Declaration[] }[];
}

/** Every element of a manifest, by the order of its tags. */
export const readManifest = ({ modules }: Manifest): readonly PublicElement[] =>
  modules
    .flatMap(({ path, declarations }) => declarations.map((one) => elementOf(path, one)))
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));

const elementOf = (path: string, declaration: Declaration): PublicElement => {
  const { tagName, members = [], attributes = [] } = declaration;
  const said = new Map(attributes.map(({ fieldName, description }) => [fieldName, description]));
  return {
    element: tagName.replace('crm-', ''),
    tag: tagName,
    className: declaration.name,
    module: path.replace('dist/', ''),
    description: declaration.description ?? '',
    attributes: attributes.map((one) => ({
      ...described(one),
      type: one.type?.text ?? 'string | undefined',
      property: one.fieldName,
    })),
    properties: members.filter(({ kind }) => kind === 'field').map((one) => propertyOf(one, said.get(one.name))),
    methods: members.filter(({ kind }) => kind === 'method').map(described),
    events: named(declaration.events, 'crm-'),
    slots: named(declaration.slots),
    parts: named(declaration.cssParts),
    cssProperties: named(declaration.cssProperties, '--crm-'),
    states: named(declaration.cssStates),
    formAssociated: declaration.formAssociated ?? false,
  };
};

const propertyOf = (member: Member, said: string | undefined): PublicProperty => ({
  name: member.name,
  description: member.description ?? said ?? '',
  type: member.type?.text ?? 'unknown',
  attribute: member.attribute,
  default: member.default,
  isReadonly: member.readonly ?? false,
  isReflected: member.reflects ?? false,
});

const described = ({ name, description = '' }: Named): Described => ({ name, description });

const named = (list: readonly Named[] = [], prefix = ''): readonly Described[] =>
  list.map(described).map(({ name, description }) => ({ name: name.replace(prefix, ''), description }));
