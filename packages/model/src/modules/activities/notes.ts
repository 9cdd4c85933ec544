import { anyLink } from '../../kinds/any-link.ts';
import { choice } from '../../kinds/choice.ts';
import { files } from '../../kinds/files.ts';
import { link } from '../../kinds/link.ts';
import { links } from '../../kinds/links.ts';
import { longtext } from '../../kinds/longtext.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';
import { noted } from '../../rules/last-activity.ts';
import { firstResponse, publicWhenCustomers } from '../../rules/notes.ts';

/** What somebody wrote about a record. */
export const notes = /* @__PURE__ */ defineModule('notes', {
  area: 'activities',
  title: ['body'],
  search: ['body'],
  // prettier-ignore
  fields: {
    record:   anyLink({ to: 'any', required: true, onDelete: 'cascade', indexed: true }),
    body:     longtext({ required: true }),
    kind:     choice(['note', 'comment', 'auto', 'call_summary', 'system'], { default: 'note' }),
    internal: toggle({ default: true }),
    parent:   link('notes', { onDelete: 'cascade' }),
    mentions: links('users'),
    files:    files(),
    pinned:   toggle({ default: false }),
  },
  many: {
    replies: { module: 'notes', by: 'parent' },
  },
  list: ['body', 'record', 'kind', 'createdBy', 'createdAt'],
  card: ['createdBy', 'createdAt'],
  board: 'kind',
  rules: [publicWhenCustomers, firstResponse, noted],
});
