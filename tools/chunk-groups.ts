const within = (...paths: readonly string[]): RegExp =>
  new RegExp(paths.map((path) => path.replaceAll('/', '[\\\\/]')).join('|'));

/** What is always needed together travels together: every file costs a page a round trip. */
export const chunkGroups = [
  {
    name: 'loader',
    test: within(
      'src/(crm|instance/(instance|connection|define-elements|element-table|token-from|follow-tags|read-script|reserved-\\w+))\\.ts',
      'src/data/late-store',
      'src/frame/(instance|define)\\.ts',
      'model/src/errors',
    ),
    priority: 1,
  },
  {
    name: 'frame',
    test: within(
      'node_modules/(lit/index|lit-element/|@lit/reactive-element/)',
      'lit-html/lit-html\\.js',
      'src/frame/(?!form|css-vars|states|when-visible)',
      'src/styles/(tokens|base|button|chip)',
      'src/i18n/(?!relative|.*\\.it\\.)',
      'src/(contact-icons|icon)\\.',
      'src/data/(record|status)',
      'model/src/(is-id|format/(name|phone))\\.',
    ),
  },
  {
    name: 'client',
    test: within(
      'client/src/(remote-store|transport|token-source|batched-reads|answer|envelopes|until-aborted|plain-json|back-off)',
    ),
  },
  {
    name: 'contact-card',
    test: within('src/contact-card/(?!figures|sums|photo|copying|.*\\.it\\.)'),
  },
];
