/** What is public: tags with their attributes, properties, events, slots, parts and tokens; nothing of the inside. */
const tidy = {
  name: 'tessera-tidy',
  packageLinkPhase({ customElementsManifest: manifest }) {
    manifest.modules = manifest.modules
      .map((module) => ({
        kind: module.kind,
        path: module.path.replace(/^src\//, 'dist/').replace(/\.ts$/, '.js'),
        declarations: module.declarations.filter(({ tagName }) => tagName).map(tidyDeclaration),
      }))
      .filter(({ declarations }) => declarations.length > 0)
      .sort((a, b) => a.path.localeCompare(b.path));
  },
};

/** What pages set, read or call of that which elements share. */
const shared = new Set(
  'backend density loading viewState crm locale retry form validity validationMessage willValidate checkValidity reportValidity'.split(
    ' ',
  ),
);

/** Called by browsers or by us. */
const isInner = (name) => name.startsWith('#') || /Callback$|^render|^focus$/.test(name);

const isPublic = ({ name, privacy = 'public', static: isStatic, inheritedFrom }) =>
  !isStatic && !isInner(name) && privacy === 'public' && (inheritedFrom === undefined || shared.has(name));

/** Where it came from is our business. */
const without = (thing, ...keys) => Object.fromEntries(Object.entries(thing).filter(([key]) => !keys.includes(key)));

const tidyDeclaration = (declaration) => {
  const { members = [], attributes = [], events = [] } = declaration;
  return {
    ...Object.fromEntries(Object.entries(without(declaration, 'source', 'mixins', 'superclass')).map(withoutOrigin)),
    attributes: attributes.map((one) => without(one, 'inheritedFrom')),
    events: events.filter(({ name }) => name?.startsWith('crm-')).map(tidyEvent),
    members: members.filter(isPublic).map((one) => without(one, 'inheritedFrom', 'privacy')),
    // The schema knows no such thing yet
    ...(members.some(({ name }) => name === 'formAssociated') && { formAssociated: true }),
  };
};

const withoutOrigin = ([key, value]) => [
  key,
  Array.isArray(value) ? value.map((one) => without(one, 'inheritedFrom')) : value,
];

const tidyEvent = ({ name, description }) => ({
  description,
  name,
  type: { text: `CustomEvent<CrmEvents['${name.replace('crm-', '')}']>` },
});

export default {
  globs: ['src/*/*.ts'],
  exclude: [
    'src/**/*.test.ts',
    'src/**/*.stories.ts',
    'src/**/*.styles.ts',
    'src/**/*.messages*.ts',
    'src/generate/**',
    'src/test-support/**',
  ],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [tidy],
};
