import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import type { Fault } from './judge-past.ts';
import { marksIn, type Deed } from './ledger.ts';
import type { Past } from './past.ts';

const registry = builtInRegistry();

export interface Overheard {
  /** The customer whose device it was. */
  readonly customer: string;
  readonly device: string;
  /** Everything that a server ever said to that device. */
  readonly received: readonly string[];
}

/** Nothing reached a customer that was never theirs to see: no record, not even its id, and no field. */
export const judgeSecrets = (past: Past, deeds: readonly Deed[], overheard: Overheard): readonly Fault[] => {
  const { customer, device, received } = overheard;
  const all = received.join('\n');
  const own = deeds.filter((deed) => deed.device === device);
  const sent = new Set(
    own.flatMap(({ marks, changes }) => [...marks.map(({ text }) => text), ...changes.map(({ id }) => id)]),
  );
  const leaked = marksIn(all);
  const seen = new Set([...past.ids].filter((id) => wasInSight(past, id, customer)));
  const marks = deeds
    .flatMap((deed) => deed.marks)
    .filter(({ text, id, module, field }) => {
      const isReadable = id !== undefined && seen.has(id) && registry.get(module).portal!.read.includes(field);
      return leaked.has(text) && !isReadable && !sent.has(text);
    })
    .map(({ text, module, field }) => ({
      what: `${device} was told ${text}, of ${field} in ${module}`,
      words: [text],
    }));
  const ids = [...past.ids]
    .filter((id) => !seen.has(id) && !sent.has(id) && all.includes(id))
    .map((id) => {
      const said = received.find((text) => text.includes(id))!;
      const excerpt = said.slice(Math.max(0, said.indexOf(id) - 200), said.indexOf(id) + 100);
      return { what: `${device} was told of ${past.of(id)[0]!.module} ${id}, unknown to it: ${excerpt}`, words: [id] };
    });
  return [...marks, ...ids];
};

/** Whether a record was ever one that a customer may see. */
const wasInSight = (past: Past, id: string, customer: string): boolean => {
  const { module, actor } = past.of(id)[0]!;
  // an action tells whoever took it what it made
  if (id === customer || actor === `contacts:${customer}`) return true;
  if (!['tickets', 'deals'].includes(module)) return false;
  return past.states(id).some((state) => state['contact'] === customer && state['portalVisible'] === true);
};
