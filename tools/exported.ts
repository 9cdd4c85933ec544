// What a TypeScript file exports, as declarations without bodies and comments.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';
import type { Node } from './house-sources.ts';

interface Source {
  readonly path: string;
  readonly text: string;
  readonly body: readonly Node[];
}

/** The declarations that a file exports, itself or from others of its package, by the order of their names. */
export const exportsOf = (path: string): readonly string[] => {
  const source = read(path);
  return source.body
    .flatMap((node) => (node.type === 'ExportNamedDeclaration' ? exported(source, node) : []))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, text]) => text);
};

const read = (path: string): Source => {
  const text = readFileSync(path, 'utf8');
  return { path, text, body: parseSync(path, text).program.body as unknown as readonly Node[] };
};

type Named = readonly [name: string, text: string];

const exported = (source: Source, node: Node): readonly Named[] => {
  const own = node['declaration'] as Node | null;
  if (own) return [[nameOf(own), declared(source, own)]];
  const from = (node['source'] as { readonly value: string } | null)?.value;
  if (from === undefined) throw new Error(`${source.path}: an export that is declared elsewhere in the file`);
  const target = read(join(dirname(source.path), from));
  return (node['specifiers'] as readonly Node[]).map((specifier) => {
    const { name } = specifier['local'] as { readonly name: string };
    return [name, declarationOf(target, name)];
  });
};

/** Wherever it is declared: files hand on what others declare. */
const declarationOf = (source: Source, name: string): string => {
  const found = source.body
    .map((one) => one['declaration'] as Node | null | undefined)
    .find((one) => one && nameOf(one) === name);
  if (found) return declared(source, found);
  const from = source.body.find(
    (one) =>
      one.type === 'ImportDeclaration' &&
      (one['specifiers'] as readonly Node[]).some((one) => (one['local'] as { readonly name: string }).name === name),
  );
  if (!from) throw new Error(`${source.path} does not declare ${name}`);
  const { value } = from['source'] as { readonly value: string };
  return declarationOf(read(join(dirname(source.path), value)), name);
};

const nameOf = (node: Node): string => {
  const [first] = (node['declarations'] ?? []) as readonly Node[];
  return String(((first ?? node)['id'] as Node | null)?.['name']);
};

const declared = (source: Source, node: Node): string => {
  if (node.type === 'VariableDeclaration') return plain(constant(source, node));
  if (node.type === 'ClassDeclaration') return plain(classOf(source, node));
  return plain(source.text.slice(node.start, node.end));
};

const constant = ({ text }: Source, node: Node): string => {
  const [first] = node['declarations'] as readonly Node[];
  const value = first?.['init'] as Node;
  const end = value.type === 'ArrowFunctionExpression' ? (value['body'] as Node).start : value.end;
  return text
    .slice(node.start, end)
    .trim()
    .replace(/\s*=>$/, '');
};

const classOf = ({ text }: Source, node: Node): string => {
  const body = node['body'] as Node;
  const members = (body['body'] as readonly Node[]).filter(isPublic).map((one) => {
    const value = one['value'] as Node | null;
    const inner = one.type === 'MethodDefinition' ? (value?.['body'] as Node | null) : value;
    const end = inner ? inner.start : one.end;
    return `  ${text.slice(one.start, end).trim().replace(/\s*=$/, '').replace(/;$/, '')};`;
  });
  return `${text.slice(node.start, body.start)}{\n${members.join('\n')}\n}`;
};

const isPublic = (member: Node): boolean =>
  (member['key'] as Node | undefined)?.type !== 'PrivateIdentifier' && member['accessibility'] !== 'private';

const plain = (text: string): string =>
  text
    .replaceAll(/\s*\/\*\*.*?\*\//gs, '')
    .replaceAll(/\s*\/\/.*$/gm, '')
    .trim();
