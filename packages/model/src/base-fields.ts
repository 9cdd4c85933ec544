import { anyLink } from './kinds/any-link.ts';
import { choice } from './kinds/choice.ts';
import { datetime } from './kinds/datetime.ts';
import { grid } from './kinds/grid.ts';
import { json } from './kinds/json.ts';
import { links } from './kinds/links.ts';
import { owner } from './kinds/owner.ts';
import { tags } from './kinds/tags.ts';
import { text } from './kinds/text.ts';
import { url } from './kinds/url.ts';

/** How a record came to be. */
export const sources = [
  'ui',
  'api',
  'import',
  'webform',
  'mailroom',
  'portal',
  'workflow',
  'sync',
  'chat',
  'dialer',
  'booking',
] as const;

/** What every record has beside its module's own fields, its `id` and its `version`. */
// prettier-ignore
export const baseFields = {
  owner:          owner({ indexed: true }),
  collaborators:  links('users', { rare: true }),
  followers:      links('users', { rare: true }),
  tags:           tags(),
  source:         choice(sources, { readonly: true }),
  sourceRef:      text({ rare: true }),
  externalIds:    grid({ columns: { system: text({ required: true, max: 60 }), type: text({ max: 60 }), id: text({ required: true }), url: url() }, rare: true }),
  custom:         json({ rare: true }),
  createdAt:      datetime({ readonly: true, indexed: true }),
  createdBy:      anyLink({ to: ['users', 'contacts', 'accounts'], readonly: true }),
  updatedAt:      datetime({ readonly: true, indexed: true }),
  updatedBy:      anyLink({ to: ['users', 'contacts', 'accounts'], readonly: true }),
  archivedAt:     datetime({ readonly: true }),
  deletedAt:      datetime({ readonly: true }),
  deletedBy:      anyLink({ to: ['users', 'contacts', 'accounts'], readonly: true }),
  deletionBatch:  text({ readonly: true, rare: true, max: 36 }),
  lastActivityAt: datetime({ readonly: true }),
  nextActivityAt: datetime({ readonly: true }),
} as const;

export type BaseFields = typeof baseFields;

/** Wire keys that are not fields: they identify a record and its state. */
export const systemKeys = ['id', 'version'] as const;

/** What a record says of activities around it: when it changes, nobody has changed the record. */
export const activityFields: readonly string[] = ['lastActivityAt', 'nextActivityAt'];
