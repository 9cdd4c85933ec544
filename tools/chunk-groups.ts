const within = (...paths: readonly string[]): RegExp =>
  new RegExp(paths.map((path) => path.replaceAll('/', '[\\\\/]')).join('|'));

/** What is always needed together travels together: every file costs a page a round trip. */
export const chunkGroups = [
  {
    name: 'loader',
    test: within(
      'src/(crm|instance/(instance|connection|define-elements|element-table|token-from|follow-tags|read-script|reserved-\\w+|start-script))\\.ts',
      'src/data/(late-store|once)\\.',
      'src/frame/(instance|define)\\.ts',
      'model/src/errors',
    ),
    priority: 2,
  },
  {
    name: 'frame',
    test: within(
      'node_modules/(lit/index|lit-element/|@lit/reactive-element/)',
      'tools/css-tag',
      'lit-html/lit-html\\.js',
      'src/frame/(?!form|css-vars|states|surroundings|when-visible)',
      'src/styles/(tokens|base|button|chip)',
      'src/i18n/(catalogue|frame-catalogue|frame\\.messages)\\.ts',
      'src/(contact-icons|icon)\\.',
      'src/data/(record|status)',
      // What the client shares with what is fetched behind it; the rest of it travels with `server.ts`
      'client/src/(answer|envelopes|until-aborted|plain-json|back-off)\\.',
      'model/src/(is-id|format/(name|phone))\\.',
    ),
    priority: 1,
  },
  {
    name: 'rest',
    test: within('src/styles/(rest|adopt)\\.'),
  },
];
