import type { Change } from '@tessera-crm/model/change.js';
import type { Field } from '@tessera-crm/model/kind.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import sanitize from 'sanitize-html';

/** What formatted text may consist of. Everything else loses its tags; scripts, styles and the like lose their text too. */
export const htmlSubset = {
  tags: [
    'p',
    'br',
    'hr',
    'div',
    'span',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'blockquote',
    'pre',
    'code',
    'b',
    'strong',
    'i',
    'em',
    'u',
    's',
    'del',
    'ins',
    'mark',
    'small',
    'sub',
    'sup',
    'ul',
    'ol',
    'li',
    'a',
    'table',
    'thead',
    'tbody',
    'tfoot',
    'tr',
    'th',
    'td',
    'caption',
  ],
  attributes: { a: ['href', 'title'], th: ['colspan', 'rowspan'], td: ['colspan', 'rowspan'], ol: ['start'] },
  schemes: ['http', 'https', 'mailto', 'tel'],
} as const;

/** Tags whose text is no text for people. */
const nonTextTags = [
  'script',
  'style',
  'textarea',
  'option',
  'noscript',
  'template',
  'iframe',
  'object',
  'embed',
  'svg',
  'math',
  'title',
  'xmp',
  'noembed',
  'noframes',
  'plaintext',
];

/** An address that names a scheme of the subset, or none: what stands before a colon counts as one, whatever it is. */
const isSafeAddress = (address: string): boolean => {
  const [, scheme] = /^([^/?#]*?):/.exec(address) ?? [];
  return scheme === undefined || (htmlSubset.schemes as readonly string[]).includes(scheme.toLowerCase());
};

const toSafeLink: sanitize.Transformer = (tagName, { href, ...rest }) => ({
  tagName,
  attribs: {
    ...rest,
    ...(href !== undefined && isSafeAddress(href) && { href, rel: 'noopener noreferrer nofollow' }),
  },
});

const { attributes, schemes, tags } = htmlSubset;

const options: sanitize.IOptions = {
  allowedTags: [...tags],
  allowedAttributes: {
    ...Object.fromEntries(Object.entries(attributes).map(([tag, names]) => [tag, [...names]])),
    // set by ourselves, after whatever was given
    a: [...attributes.a, { name: 'rel', values: ['noopener', 'noreferrer', 'nofollow'], multiple: true }],
  },
  allowedSchemes: [...schemes],
  allowProtocolRelative: false,
  nonTextTags,
  transformTags: { a: toSafeLink },
  nestingLimit: 100,
  parseStyleAttributes: false,
};

/** Formatted text without anything that acts; null when nothing is left. */
export const cleanHtml = (html: string): string | null => {
  // what has no angle bracket and no entity is text already
  const clean = /[<&]/.test(html) ? sanitize(html, options).trim() : html;
  return clean === '' ? null : clean;
};

/** A field that holds formatted text says so by the control that edits it. */
const isFormatted = ({ kind, options: of }: Field): boolean => kind.control(of).as === 'richtext';

/** The value of a field, clean if it is formatted text. */
export const cleanValue = (field: Field, value: unknown): unknown =>
  typeof value === 'string' && isFormatted(field) ? cleanHtml(value) : value;

const formatted = new WeakMap<Readonly<Record<string, Field>>, readonly string[]>();

const formattedOf = (fields: Readonly<Record<string, Field>>): readonly string[] => {
  let names = formatted.get(fields);
  if (!names) formatted.set(fields, (names = Object.keys(fields).filter((name) => isFormatted(fields[name]!))));
  return names;
};

const cleaned = (
  fields: Readonly<Record<string, Field>>,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const names = formattedOf(fields).filter((name) => typeof values[name] === 'string');
  return names.length === 0
    ? values
    : { ...values, ...Object.fromEntries(names.map((name) => [name, cleanHtml(values[name] as string)])) };
};

/** A change whose formatted texts are clean: what is stored cannot harm whoever shows it carelessly. */
export const cleanChange = (change: Change, registry: Registry): Change => {
  const module = registry.find(change.module);
  if (!module) return change;
  if (change.op === 'create' || change.op === 'update')
    return { ...change, values: cleaned(module.fields, change.values) };
  if (change.op !== 'act' || !Object.hasOwn(module.actions, change.action)) return change;
  return { ...change, args: cleaned(module.actions[change.action]!.args, change.args) };
};
