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

const isPublic = ({ name, privacy, static: isStatic, kind, inheritedFrom }) =>
  !isStatic &&
  !name.startsWith('#') &&
  (privacy ?? 'public') === 'public' &&
  kind === 'field' &&
  (inheritedFrom === undefined || shared.has(name));

/** Properties of the frame that pages set or read. */
const shared = new Set(['backend', 'density', 'loading', 'viewState', 'crm', 'locale']);

/** Where it came from is our business. */
const without = (thing, ...keys) => Object.fromEntries(Object.entries(thing).filter(([key]) => !keys.includes(key)));

const tidyDeclaration = (declaration) => {
  const { members = [], attributes = [], events = [] } = declaration;
  return {
    ...without(declaration, 'source', 'mixins', 'superclass'),
    attributes: attributes.map((one) => without(one, 'inheritedFrom')),
    events: events.filter(({ name }) => name?.startsWith('crm-')).map((one) => without(one, 'inheritedFrom')),
    members: members.filter(isPublic).map((one) => without(one, 'inheritedFrom', 'privacy')),
  };
};

export default {
  globs: ['src/*/*.ts'],
  exclude: [
    'src/**/*.test.ts',
    'src/**/*.stories.ts',
    'src/**/*.styles.ts',
    'src/**/*.messages*.ts',
    'src/test-support/**',
  ],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [tidy],
};
