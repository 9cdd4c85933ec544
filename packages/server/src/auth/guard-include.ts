import type { Issue } from '@tessera-crm/model/errors.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { linkTarget } from '@tessera-crm/model/query/plan.js';
import type { Page, Query } from '@tessera-crm/model/query/query.js';
import type { IncludedRecords } from '@tessera-crm/model/query/run.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { WhereGuard } from './guard-where.ts';
import { canRead } from './rights.ts';

interface Tree {
  [link: string]: Tree;
}

type List = (module: string, query: Query) => Promise<Page<AnyRecord>>;

const maxIncludeDepth = 3;

/** Records asked for at once; a page never links to more of one module. */
const maxPage = 200;

/** Follows links in the eyes of one identity: every record that comes along is read under its own module's rights. */
export class IncludeGuard {
  readonly #registry: Registry;
  readonly #guard: WhereGuard;
  readonly #paths: readonly string[];
  readonly #tree: Tree = {};

  constructor(registry: Registry, guard: WhereGuard, paths: readonly string[]) {
    this.#registry = registry;
    this.#guard = guard;
    this.#paths = paths;
  }

  get isEmpty(): boolean {
    return this.#paths.length === 0;
  }

  /** Everything that cannot be followed. @throws {CrmError} `forbidden` when the token's scope does not reach so far. */
  check(module: Module): readonly Issue[] {
    const issues: Issue[] = [];
    for (const path of this.#paths) {
      const code = this.#grow(module, path.split('.'));
      if (code !== undefined) issues.push({ path: '/include', code, params: { path } });
    }
    return issues;
  }

  /** The fields to read so that the links can be followed. */
  needed(fields: readonly string[]): readonly string[] {
    return [...new Set([...fields, ...Object.keys(this.#tree)])];
  }

  /** The record as it was asked for, without links that were read only to follow them. */
  trim(record: AnyRecord, fields: readonly string[] | undefined): AnyRecord {
    if (fields === undefined) return record;
    const kept = new Set(['id', 'version', ...fields]);
    return Object.fromEntries(Object.entries(record).filter(([name]) => kept.has(name))) as unknown as AnyRecord;
  }

  async follow(module: Module, records: readonly AnyRecord[], list: List): Promise<IncludedRecords> {
    const included: Record<string, Record<string, AnyRecord>> = {};
    await this.#follow({ module, records, tree: this.#tree }, included, list);
    return included;
  }

  async #follow(
    { module, records, tree }: { readonly module: Module; readonly records: readonly AnyRecord[]; readonly tree: Tree },
    included: Record<string, Record<string, AnyRecord>>,
    list: List,
  ): Promise<void> {
    for (const [link, deeper] of Object.entries(tree)) {
      const target = linkTarget(module.fields[link]!)!;
      const into = (included[target] ??= {});
      const ids = [...new Set(records.map((record) => record[link]))].filter((id) => typeof id === 'string');
      const found =
        ids.length === 0
          ? []
          : (await list(target, { where: { id: { in: ids } }, limit: maxPage, archived: 'with' })).records;
      for (const record of found) into[record.id] = record;
      await this.#follow({ module: this.#registry.get(target), records: found, tree: deeper }, included, list);
    }
  }

  #grow(module: Module, links: readonly string[]): string | undefined {
    if (links.length > maxIncludeDepth) return 'too-deep';
    let level = this.#tree;
    let at = module;
    for (const link of links) {
      const field = Object.hasOwn(at.fields, link) ? at.fields[link] : undefined;
      const target = field && linkTarget(field);
      const isSeen = canRead(this.#guard.reading(at.key).rights, link);
      if (target === undefined || !isSeen || !this.#guard.reaches(target)) return 'not-a-link';
      level = level[link] ??= {};
      at = this.#registry.get(target);
    }
    return undefined;
  }
}
