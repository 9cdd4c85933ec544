import type { Id } from '../id.ts';
import { linkText, type AnyLink } from '../kinds/any-link.ts';
import type { AnyRecord } from '../module.ts';
import type { Where } from '../query/query.ts';
import type { Reader } from '../rule.ts';

/** The fields, beside `related`, in which an activity says what it is about, and the modules that they lead to. */
const activityLinks = {
  tasks: { contact: 'contacts', account: 'accounts' },
  events: { deal: 'deals', contact: 'contacts', account: 'accounts', case: 'tickets' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type ActivityModule = keyof typeof activityLinks;

export const activityModules = Object.keys(activityLinks) as readonly ActivityModule[];

/** The fields that decide what an activity is about. */
export const aboutFields = (module: ActivityModule): readonly string[] => [
  'related',
  ...Object.keys(activityLinks[module]),
];

/** The given links, each record once. */
export const distinct = (links: readonly AnyLink[]): readonly AnyLink[] => [
  ...new Map(links.map((link) => [linkText(link), link])).values(),
];

/** The records that an activity is about, each once. */
export const aboutOf = (module: ActivityModule, record: AnyRecord): readonly AnyLink[] => {
  const links = Object.entries(activityLinks[module]).flatMap(([field, to]): readonly AnyLink[] => {
    const id = (record[field] ?? null) as Id | null;
    return id === null ? [] : [{ module: to, id }];
  });
  return distinct([...((record['related'] ?? []) as readonly AnyLink[]), ...links]);
};

/** The activities of a module that are about a record. */
export const about = (module: ActivityModule, link: AnyLink): Where => {
  const fields = Object.entries(activityLinks[module]).filter(([, to]) => to === link.module);
  return {
    any: [
      { related: { containsAny: [linkText(link)] } },
      ...fields.map(([field]): Where => ({ [field]: { is: link.id } })),
    ],
  };
};

/**
 * What a record says of activities about it; undefined where there is none, or where offline nobody knows more of it
 * than that it is there.
 */
export const saidOf = async (
  read: Reader,
  { module, id }: AnyLink,
  field: 'lastActivityAt' | 'nextActivityAt',
): Promise<string | null | undefined> => (await read.get(module, id))?.[field] as string | null | undefined;
