import { globSync, readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';

/** A node of the syntax tree; its other properties are looked at one by one. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

/** One `import`, `export ... from` or `import()`. */
export interface Import {
  readonly from: string;
  readonly start: number;
  readonly isType: boolean;
  readonly isLazy: boolean;
}

/** One of our TypeScript files, parsed. */
export interface Source {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  /** The package's folder name; undefined outside `packages`. */
  readonly package: string | undefined;
  readonly isTest: boolean;
  readonly isStory: boolean;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Calls `visit` for every node, parents first, with the nodes around it, outermost first. */
  readonly walk: (visit: (node: Node, around: readonly Node[]) => void) => void;
  /** The line of an offset, counted from 1. */
  readonly lineAt: (offset: number) => number;
}

/** Every TypeScript file of the packages, of the tests across packages and of the examples; not of other frameworks. */
export const readSources = (root: string): readonly Source[] =>
  globSync(['packages/*/src/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts'], {
    cwd: root,
    exclude: (path) => /(^|[\\/])(node_modules|dist|cdn|consumers[\\/]apps)$/.test(path),
  })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => readSource(path, readFileSync(`${root}/${path}`, 'utf8')));

const readSource = (path: string, text: string): Source => {
  const { program, module, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  return {
    path,
    package: /^packages\/([^/]+)\//.exec(path)?.[1],
    isTest: path.endsWith('.test.ts') || path.endsWith('.test-d.ts'),
    isStory: path.endsWith('.stories.ts'),
    text,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: importsOf(text, module),
    walk: (visit) => walk(program as unknown as Node, [], visit),
    lineAt: (offset) => text.slice(0, offset).split('\n').length,
  };
};

type Module = ReturnType<typeof parseSync>['module'];

const importsOf = (text: string, module: Module): readonly Import[] => [
  ...module.staticImports.map(({ moduleRequest, entries, start }) => ({
    from: moduleRequest.value,
    start,
    isType: entries.length > 0 && entries.every(({ isType }) => isType),
    isLazy: false,
  })),
  ...module.staticExports.flatMap(({ entries, start }) =>
    entries
      .filter(({ moduleRequest }) => moduleRequest !== null)
      .map(({ moduleRequest, isType }) => ({ from: moduleRequest?.value ?? '', start, isType, isLazy: false })),
  ),
  ...module.dynamicImports.map(({ moduleRequest, start }) => ({
    from: text.slice(moduleRequest.start, moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
    start,
    isType: false,
    isLazy: true,
  })),
];

const walk = (node: Node, around: readonly Node[], visit: (node: Node, around: readonly Node[]) => void): void => {
  visit(node, around);
  const inside = [...around, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, inside, visit);
  }
};

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
