import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import test, { describe } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readSources, type Import, type Node, type Source } from '../tools/house-sources.ts';

/** What a package may import of the others: at any time, or by `import()` only. */
const walls: Record<string, { readonly always: readonly string[]; readonly lazily: readonly string[] }> = {
  model: { always: [], lazily: [] },
  client: { always: ['model'], lazily: [] },
  cache: { always: ['model'], lazily: [] },
  elements: { always: ['model'], lazily: ['client', 'cache'] },
  server: { always: ['model'], lazily: [] },
};

/** What runs in pages, where every byte counts and where there is no Node. */
const inPages = ['model', 'client', 'cache', 'elements'];

/**
 * Where a rule does not hold, and why. A path that ends in a slash stands for everything below it. An exception that
 * is no longer needed fails the last test, so that this table only ever says what is true.
 */
const exceptions: Record<string, Record<string, string>> = {
  'packages import only what the walls allow': {
    'packages/elements/src/instance/server.ts':
      'the way to a server, itself behind import(): pages with a store of their own never load it',
    'packages/elements/src/instance/server-files.ts': 'likewise, for uploads',
  },
  'JSON is written by plainJson, which no library of the page can spoil': {
    'packages/model/src/plain-json.ts': 'this is it',
    'packages/model/src/format/intl.ts': 'a key of options, asked for at every cell: spoilt texts still differ',
    'packages/model/src/testing/': 'never in a page of somebody else',
    'packages/client/src/testing/': 'likewise',
    'packages/elements/src/generate/': 'likewise: it writes files for developers',
  },
  'listeners end with a signal, or are taken away': {
    'packages/elements/src/shell/spare-presses.ts': 'an element hears itself, and goes with what it hears',
  },
  'nobody asks for a class of ours, of which a page may hold two copies': {
    'packages/model/src/query/parse-where.ts':
      'its BadOperand is thrown and caught by the same copy, and goes nowhere else',
  },
};

interface Offence {
  readonly at: number;
  readonly what: string;
}

type Rule = (source: Source) => readonly Offence[];

const rules: Record<string, Rule> = {
  'packages import only what the walls allow': (source) =>
    source.imports.flatMap((one) => {
      const target = packageOf(source, one);
      if (source.package === undefined || target === undefined || isAllowed(source, one, target)) return [];
      return [{ at: one.start, what: `${source.package} may not import ${target}${one.isLazy ? '' : ' here'}` }];
    }),

  'only the server imports from Node': (source) =>
    inPages.includes(source.package ?? '') && !source.isTest
      ? offences(source, ({ from, isType }) => !isType && from.startsWith('node:') && `imports ${from}`)
      : [],

  'relative imports end in .ts': (source) =>
    offences(source, ({ from }) => /^\.{1,2}\//.test(from) && !/\.(ts|mjs|json)$/.test(from) && `imports ${from}`),

  'nothing imports an index of its own package, except another index': (source) =>
    source.package === undefined || source.isTest || source.path.endsWith('/index.ts')
      ? []
      : offences(source, ({ from }) => /^\..*\/index\.ts$/.test(from) && `imports ${from}`),

  'pages get zod/mini, never the whole of zod': (source) =>
    inPages.includes(source.package ?? '') && !source.isTest
      ? offences(source, ({ from, isType }) => !isType && /^zod(\/v4)?$/.test(from) && `imports ${from}`)
      : [],

  'nothing is exported by default, except configuration and stories': (source) =>
    source.isStory || source.path.endsWith('.config.ts')
      ? []
      : nodes(source, ({ type }) => type === 'ExportDefaultDeclaration' && 'default export'),

  'any appears only in *.types.ts': (source) =>
    source.path.endsWith('.types.ts') ? [] : nodes(source, ({ type }) => type === 'TSAnyKeyword' && 'any'),

  'no enum, namespace, decorator or parameter property': (source) =>
    nodes(source, (node) => {
      if (node.type === 'TSEnumDeclaration') return 'enum';
      if (node.type === 'TSParameterProperty') return 'parameter property';
      if (node.type === 'TSModuleDeclaration' && (node['id'] as Node).type === 'Identifier') return 'namespace';
      return node.type === 'Decorator' && 'decorator';
    }),

  'a file has at most 300 lines, a test or a story 600': (source) => {
    const most = source.isTest || source.isStory ? 600 : 300;
    return source.lines > most ? [{ at: source.text.length, what: `${source.lines} lines, at most ${most}` }] : [];
  },

  'a function has at most 40 lines, suites of tests excepted': (source) =>
    source.isTest || source.isStory
      ? []
      : nodes(source, (node, around) => {
          if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return false;
          const length = source.lineAt(node.end) - source.lineAt(node.start) + 1;
          return length > 40 && !isSuite(node, around) && `${length} lines, at most 40`;
        }),

  'elements set no inline style and no raw HTML, which a strict page forbids': (source) =>
    source.package !== 'elements' || source.isTest
      ? []
      : [
          ...offences(source, ({ from }) => /^lit\/directives\/(unsafe-|style-map)/.test(from) && `imports ${from}`),
          ...nodes(source, (node) => {
            if (node.type === 'TemplateElement') {
              const { raw } = node['value'] as { raw: string };
              return /\s(style|\.(inner|outer)HTML)\s*=|<style\b/.test(raw) && 'style or raw HTML in a template';
            }
            if (node.type !== 'Identifier') return false;
            return /^(innerHTML|outerHTML|insertAdjacentHTML)$/.test(String(node['name'])) && String(node['name']);
          }),
        ],

  'styles of elements measure by nothing that a page sets for itself': (source) =>
    source.package !== 'elements' || source.isTest
      ? []
      : nodes(source, (node, around) => {
          const tag = around.findLast(({ type }) => type === 'TaggedTemplateExpression')?.['tag'];
          const isStyle = node.type === 'TemplateElement' && isNamed(tag, 'css');
          return isStyle && /\d\s*rem\b/.test((node['value'] as { raw: string }).raw) && 'rem';
        }),

  'JSON is written by plainJson, which no library of the page can spoil': (source) =>
    ours(source) ? nodes(source, (node) => isMember(node, 'JSON', /^stringify$/) && 'JSON.stringify') : [],

  'nobody listens to unload, which keeps pages from coming back as they were': (source) =>
    ours(source) ? nodes(source, (node) => node.type === 'Literal' && node['value'] === 'unload' && 'unload') : [],

  'nobody takes the one place that a page has for a listener': (source) =>
    ours(source)
      ? nodes(source, (node) => {
          if (node.type !== 'AssignmentExpression') return false;
          const isPlace = ['window', 'globalThis', 'self', 'document'].some((of) => isMember(node['left'], of, /^on/));
          return isPlace && 'assigns to window.on…';
        })
      : [],

  'messages to other windows say for whom they are': (source) =>
    ours(source)
      ? nodes(source, (node) => {
          const isMessage = node.type === 'CallExpression' && calledName(node) === 'postMessage';
          return isMessage && /'\*'/.test(argumentsOf(node, source)) && "postMessage('*')";
        })
      : [],

  'nobody asks for a class of ours, of which a page may hold two copies': (source) =>
    ours(source)
      ? nodes(source, (node) => {
          if (node.type !== 'BinaryExpression' || node['operator'] !== 'instanceof') return false;
          const name = isIdentifier(node['right']) ? String(node['right']['name']) : '';
          const isImported = new RegExp(`import [^;]*\\b${name}\\b[^;]* from '(\\.|@tessera)`).test(source.text);
          return name !== '' && isImported && `instanceof ${name}`;
        })
      : [],

  'nobody puts anything into the head of the page': (source) =>
    ours(source) ? nodes(source, (node) => isMember(node, 'document', /^head$/) && 'document.head') : [],

  'listeners end with a signal, or are taken away': (source) =>
    ours(source)
      ? nodes(source, (node) => {
          if (node.type !== 'CallExpression' || calledName(node) !== 'addEventListener') return false;
          return !isEnding(node, source) && `addEventListener(${argumentsOf(node, source).slice(0, 40)})`;
        })
      : [],

  'packages do not write to the console, except the command of the server': (source) =>
    source.package === undefined || source.isTest || source.path === 'packages/server/src/bin.ts'
      ? []
      : nodes(source, (node) => node.type === 'MemberExpression' && isNamed(node['object'], 'console') && 'console'),

  'the model reads no clock and throws no dice': (source) =>
    source.package !== 'model' || source.isTest || source.path.startsWith('packages/model/src/testing/')
      ? []
      : nodes(source, (node) => {
          const text = source.text.slice(node.start, node.end);
          if (node.type === 'NewExpression') return /^new Date(\(\))?$/.test(text) && text;
          return node.type === 'MemberExpression' && /^(Date|performance)\.now$|^Math\.random$/.test(text) && text;
        }),

  'nobody asks a field for the name of its kind': (source) =>
    source.package === undefined || source.isTest
      ? []
      : nodes(source, (node, around) => {
          if (!isKindOfField(node)) return false;
          const parent = around.at(-1);
          const isCompared = parent?.type === 'BinaryExpression' && /^[!=]==$/.test(String(parent['operator']));
          const isSwitched = parent?.type === 'SwitchStatement' && parent['discriminant'] === node;
          return (isCompared || isSwitched) && 'compares field.kind';
        }),

  'names are kebab-case and say what is inside': (source) => {
    const names = source.path.replace(/^(packages\/[^/]+\/src|test|examples)\//, '').split('/');
    const bad = names.find((name) => {
      const [stem = '', ...endings] = name.split('.');
      const isEmpty = /^(utils?|helpers?|common|misc|lib|shared|types)$/.test(stem);
      return isEmpty || ![stem, ...endings].every((part) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(part));
    });
    return bad === undefined ? [] : [{ at: 0, what: bad }];
  },
};

const sources = readSources(dirname(dirname(fileURLToPath(import.meta.url))));

describe('the house', () => {
  for (const [title, rule] of Object.entries(rules)) {
    test(title, () => {
      const found = sources
        .filter(({ path }) => reasonFor(title, path) === undefined)
        .flatMap((source) => rule(source).map(({ at, what }) => `${source.path}:${source.lineAt(at)} ${what}`));
      assert.ok(found.length === 0, `\n${[...new Set(found)].join('\n')}\n`);
    });
  }

  test('every exception is still needed', () => {
    const idle = Object.entries(exceptions).flatMap(([title, paths]) =>
      Object.keys(paths)
        .filter(
          (path) => !sources.some((source) => covers(path, source.path) && (rules[title]?.(source) ?? []).length > 0),
        )
        .map((path) => `${path} keeps the rule: ${title}`),
    );
    assert.deepEqual(idle, []);
  });
});

function covers(exception: string, path: string): boolean {
  return exception.endsWith('/') ? path.startsWith(exception) : path === exception;
}

function reasonFor(title: string, path: string): string | undefined {
  return Object.entries(exceptions[title] ?? {}).find(([exception]) => covers(exception, path))?.[1];
}

function offences(source: Source, judge: (one: Import) => string | false): readonly Offence[] {
  return source.imports.flatMap((one) => {
    const what = judge(one);
    return what === false ? [] : [{ at: one.start, what }];
  });
}

function nodes(source: Source, judge: (node: Node, around: readonly Node[]) => string | false): readonly Offence[] {
  const found: Offence[] = [];
  source.walk((node, around) => {
    const what = judge(node, around);
    if (what !== false) found.push({ at: node.start, what });
  });
  return found;
}

/** The package an import reaches, by its name or by a path that climbs out of the importing package. */
function packageOf(source: Source, { from }: Import): string | undefined {
  const named = /^@tessera-crm\/([^/]+)/.exec(from)?.[1];
  if (named !== undefined || !from.startsWith('.')) return named;
  const reached = new URL(from, `file:///${source.path}`).pathname;
  const target = /^\/packages\/([^/]+)\//.exec(reached)?.[1];
  return target === source.package ? undefined : (target ?? 'what lies outside of packages');
}

function isAllowed(
  { package: name = '', isTest, isStory }: Source,
  { isType, isLazy }: Import,
  target: string,
): boolean {
  const { always, lazily } = walls[name] ?? { always: [], lazily: [] };
  return always.includes(target) || (lazily.includes(target) && (isLazy || isType || isTest || isStory));
}

/** Whether a long function only lines up tests: `describeStore`, or what is passed to `describe` and its like. */
function isSuite(node: Node, around: readonly Node[]): boolean {
  const parent = around.at(-1);
  const name = isIdentifier(node['id'])
    ? node['id']
    : parent?.type === 'VariableDeclarator'
      ? parent['id']
      : parent?.['callee'];
  return isIdentifier(name) && /^(describe[A-Z]?|it$|test$|suite$)/.test(String(name['name']));
}

function isKindOfField(node: Node): boolean {
  if (node.type !== 'MemberExpression' || !isNamed(node['property'], 'kind')) return false;
  const owner = node['object'] as Node;
  const name = owner.type === 'MemberExpression' ? owner['property'] : owner;
  return isIdentifier(name) && /field$/i.test(String(name['name']));
}

/** Code of ours that runs in pages of others. */
function ours({ package: name = '', isTest, isStory, path }: Source): boolean {
  return inPages.includes(name) && !isTest && !isStory && !path.includes('/test-support/');
}

function isMember(node: unknown, object: string, property: RegExp): boolean {
  const { type, object: owner, property: name } = node as Node;
  return (
    type === 'MemberExpression' && isNamed(owner, object) && isIdentifier(name) && property.test(String(name['name']))
  );
}

/** `f` of `f()` and of `of.f()`. */
function calledName(node: Node): string | undefined {
  const callee = node['callee'] as Node;
  const name = callee.type === 'MemberExpression' ? callee['property'] : callee;
  return isIdentifier(name) ? String(name['name']) : undefined;
}

function argumentsOf(node: Node, { text }: Source): string {
  return (node['arguments'] as readonly Node[]).map(({ start, end }) => text.slice(start, end)).join(', ');
}

/** Whether a listener has an end: a signal, once, a removal in the same file; or lives on what it listens to. */
function isEnding(node: Node, source: Source): boolean {
  const callee = node['callee'] as Node;
  const target = callee.type === 'MemberExpression' ? (callee['object'] as Node) : undefined;
  const [event, , options] = node['arguments'] as readonly Node[];
  if (target?.type === 'ThisExpression') return true;
  const textOf = (one: Node | undefined): string => (one ? source.text.slice(one.start, one.end) : '');
  if (textOf(event) === `'abort'` && /signal$/i.test(textOf(target))) return true;
  const name = isIdentifier(options) ? String(options['name']) : undefined;
  const said = name === undefined ? textOf(options) : (new RegExp(`\\b${name} = [^;]*`).exec(source.text)?.[0] ?? '');
  return /\bsignal\b|once: true/.test(said) || source.text.includes(`removeEventListener(${textOf(event)}`);
}

function isIdentifier(node: unknown): node is Node {
  return (node as Node | null | undefined)?.type === 'Identifier';
}

function isNamed(node: unknown, name: string): boolean {
  return isIdentifier(node) && node['name'] === name;
}
