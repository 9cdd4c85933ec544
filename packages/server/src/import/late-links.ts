import type { Change } from '@tessera-crm/model/change.js';
import type { Module } from '@tessera-crm/model/module.js';
import type { ImportContext } from './import-context.ts';
import type { LateLink } from './plan-row.ts';
import { recordsById } from './record-door.ts';
import { findLink, linkValue } from './resolve-links.ts';
import { sentenceOf } from './sentences.ts';
import { writeBatch } from './write-batch.ts';

const batchSize = 200;

interface Place {
  readonly module: Module;
  readonly system: string;
  readonly file: string;
}

/** Links records of one file to each other, once all of them are there. What has such a link already is left alone. */
export const writeLateLinks = async (
  late: readonly LateLink[],
  context: ImportContext,
  place: Place,
): Promise<void> => {
  for (let from = 0; from < late.length; from += batchSize)
    await writeSome(late.slice(from, from + batchSize), context, place);
};

const writeSome = async (
  late: readonly LateLink[],
  context: ImportContext,
  { module, system, file }: Place,
): Promise<void> => {
  const known = await context.modules.of(module.key);
  const records = await recordsById(
    context.store,
    module.key,
    late.map(({ id }) => id),
  );
  const changes = late.flatMap(({ link, id, isRepeated }): readonly Change[] => {
    const record = records.get(id);
    const { name, field } = link.target;
    if (!record || record[name] !== null || (isRepeated && record.version > 1)) return [];
    const found = findLink(known, link, system);
    const value = found && linkValue(field, module.key, found.id);
    if (value !== null && value !== undefined)
      return [{ op: 'update', module: module.key, id, values: { [name]: value } }];
    const sentence = sentenceOf('missing-link', { value: link.text, module: module.key });
    context.reporter.remark({ file, module: module.key, id }, { column: link.header, code: 'missing-link', sentence });
    const custom = record['custom'] as Readonly<Record<string, object>> | null;
    const kept = { ...custom?.['import'], [link.header]: link.text };
    return [{ op: 'update', module: module.key, id, values: { custom: { ...custom, import: kept } } }];
  });
  for (const result of await writeBatch(context.store, changes, context.registry)) {
    if (result.ok || result.id === undefined) continue;
    const { issues, code, message } = result.error;
    const sentence = issues.map((issue) => sentenceOf(issue.code, issue.params)).join(' ') || message;
    const column = issues[0]?.path.slice(1) ?? null;
    context.reporter.remark(
      { file, module: module.key, id: result.id },
      { column, code: issues[0]?.code ?? code, sentence },
    );
  }
};
