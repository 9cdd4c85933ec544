const within = (...paths: readonly string[]): RegExp =>
  new RegExp(paths.map((path) => path.replaceAll('/', '[\\\\/]')).join('|'));

/** What is always needed together travels together: every file costs a page a round trip. */
export const chunkGroups = [
  {
    name: 'loader',
    test: within(
      'src/instance/(instance|connection|define-elements|element-table|follow-tags|read-script|reserved-heights|start-script|set-up)\\.ts',
      'src/data/(late-store|once)\\.',
      'src/frame/(instance|define|events)\\.ts',
      'src/shell/(failure|room|shell|shell-names|shell-table|when-wanted)\\.ts',
      'model/src/errors\\.',
    ),
    priority: 2,
  },
  {
    name: 'frame',
    test: within(
      'node_modules/(lit/index|lit-element/|@lit/reactive-element/)',
      'tools/(css-tag|html-template)',
      'lit-html/lit-html\\.js',
      'src/frame/(?!form|inline-style|states|surroundings|when-visible)',
      'src/shell/(move-in|inside-tag|forward-content)',
      'src/styles/(tokens|base|button|chip)',
      'src/i18n/(catalogue|frame-catalogue|frame\\.messages)\\.ts',
      'src/(contact-icons|icon)\\.',
      'src/data/(record|status)',
      // What the client shares with what is fetched behind it; the rest of it travels with `server.ts`
      'client/src/(answer|envelopes|until-aborted|back-off)\\.',
      'model/src/(is-id|format/(name|phone))\\.',
    ),
    priority: 1,
  },
  {
    // What a script tag asks for at once without waiting for it, and `createCrm` has with it
    name: 'checks',
    test: within('src/(crm|version|instance/(check-options|page-(witness|copies|violations)))\\.ts'),
  },
  {
    // Tokens are got by nobody but the client
    name: 'server',
    test: within('src/instance/(server|token-from)\\.ts'),
  },
  {
    // What a cache needs before its first page shows; what comes later shares some of it
    name: 'cache',
    test: within(
      'cache/src/(create-cache|cache|asking|breathe|client-name|names|reach|storage|epoch-use|at-most)\\.',
      'cache/src/views/(dependents|judge|showing|sorted-list|window-view)\\.',
    ),
  },
  {
    name: 'cache-storage',
    test: within('cache/src/(indexed-db-storage|generation-database|generation-rows|position-text|sealing)\\.'),
  },
  {
    name: 'rest',
    test: within('src/styles/(rest|adopt)\\.'),
  },
];
