import type { Change } from '@tessera-crm/model/change.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { titleOf } from '../controls/linked.ts';
import type { Shown } from './value-view.ts';

/** What the record of a refused change is called; undefined where nobody knows, or not yet. */
export const recordName = (change: Change, { registry, titles, display }: Shown): string | undefined => {
  const own = ownName(change, registry, display);
  // One that was never made is nowhere but here
  if (change.op === 'create') return own;
  return titles.of({ module: change.module, id: change.id }) ?? own;
};

const ownName = (change: Change, registry: Registry, display: Shown['display']): string | undefined => {
  const module = registry.find(change.module);
  if (!module || !('values' in change)) return undefined;
  const { values } = change;
  const isNamed = module.title.some((name) => (values[name] ?? null) !== null);
  return isNamed ? titleOf(module, { ...values, id: change.id, version: 0 }, display) : undefined;
};
