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

/** What every element has that shows data, said once; an element may say it in words of its own. */
const ofEveryElement = {
  events: {
    'crm-ready': 'There is something to see for the first time.',
    'crm-error': 'Something did not work; the element goes on.',
    'crm-offline': 'What is shown cannot be refreshed at the moment.',
    'crm-online': 'It can be again.',
  },
  cssParts: {
    message: 'What is said where there are no data.',
    retry: 'The button that tries again.',
    'offline-note': 'The line above data from before.',
  },
  cssProperties: {
    '--crm-font': "The family; the page's unless given.",
    '--crm-font-size': "From which all sizes follow; the page's unless given.",
    '--crm-accent': 'Buttons, focus, marks.',
    '--crm-on-accent': 'Text on the accent; whatever can be read there unless given.',
    '--crm-accent-text': "Text and icons in the accent's hue; as dark or light as can be read unless given.",
    '--crm-surface': 'What things stand on.',
    '--crm-raised': 'What stands out of it: buttons, cards of a board, menus, dialogs.',
    '--crm-text': 'Text, from which greys and lines follow.',
    '--crm-muted-text': 'Text of second rank, and icons.',
    '--crm-line': 'Thin lines between things.',
    '--crm-control-line': 'Lines around what can be pressed or filled in.',
    '--crm-good': 'What went well.',
    '--crm-warn': 'What wants to be looked at.',
    '--crm-bad': 'What went wrong, and is overdue.',
    '--crm-info': 'What is good to know.',
    '--crm-focus': 'The ring around what has the focus.',
    '--crm-shadow': 'The colour of shadows; `transparent` for none.',
    '--crm-heading-font': 'The family of names and titles.',
    '--crm-heading-weight': 'The weight of names and titles.',
    '--crm-strong-weight': 'The weight of labels, buttons and chips.',
    '--crm-radius': 'Of corners.',
    '--crm-chip-radius': 'Of chips; entirely round unless given.',
    '--crm-unit': 'The step of all distances.',
    '--crm-control-height': 'The height of buttons and inputs.',
    '--crm-motion': 'How long a transition takes; `0ms` for none.',
  },
  cssStates: {
    loading: 'A skeleton is shown.',
    ready: 'Data are shown.',
    empty: 'There are none.',
    error: 'They could not be read.',
    offline: 'They are from before and cannot be refreshed now, or there are none at all.',
    forbidden: 'This person may not see them.',
  },
};

/** What an element has no use for. */
const unused = {
  'crm-record-list': ['--crm-heading-font', '--crm-heading-weight'],
  'crm-sync-status': ['--crm-heading-font', '--crm-heading-weight', '--crm-chip-radius'],
};

const withShared = (declaration) => {
  if (!declaration.members?.some(({ name }) => name === 'viewState')) return declaration;
  const whole = { ...declaration };
  for (const [kind, sentences] of Object.entries(ofEveryElement)) {
    const own = declaration[kind] ?? [];
    const known = [...own.map(({ name }) => name), ...(unused[declaration.tagName] ?? [])];
    const missing = Object.entries(sentences).filter(([name]) => !known.includes(name));
    whole[kind] = [...own, ...missing.map(([name, description]) => ({ description, name }))];
  }
  return whole;
};

/** Called by browsers or by us. */
const isInner = (name) => name.startsWith('#') || /Callback$|^render|^focus$/.test(name);

const isPublic = ({ name, privacy = 'public', static: isStatic, inheritedFrom }) =>
  !isStatic && !isInner(name) && privacy === 'public' && (inheritedFrom === undefined || shared.has(name));

/** Where it came from is our business. */
const without = (thing, ...keys) => Object.fromEntries(Object.entries(thing).filter(([key]) => !keys.includes(key)));

const tidyDeclaration = (described) => {
  const declaration = withShared(described);
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
