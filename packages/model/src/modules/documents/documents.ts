import { anyLinks } from '../../kinds/any-links.ts';
import { choice } from '../../kinds/choice.ts';
import { date } from '../../kinds/date.ts';
import { datetime } from '../../kinds/datetime.ts';
import { grid } from '../../kinds/grid.ts';
import { integer } from '../../kinds/integer.ts';
import { language } from '../../kinds/language.ts';
import { link } from '../../kinds/link.ts';
import { longtext } from '../../kinds/longtext.ts';
import { richtext } from '../../kinds/richtext.ts';
import { secret } from '../../kinds/secret.ts';
import { text } from '../../kinds/text.ts';
import { toggle } from '../../kinds/toggle.ts';
import { url } from '../../kinds/url.ts';
import { defineModule } from '../../module.ts';
import { documentHolds, documentType, stageWhenSent, uploadedByCustomer } from '../../rules/documents.ts';

/** A file, a link or a page, kept with the records it belongs to. */
export const documents = /* @__PURE__ */ defineModule('documents', {
  area: 'documents',
  title: ['title'],
  search: ['title', 'fileName'],
  // prettier-ignore
  fields: {
    title:          text({ required: true }),
    folder:         link('folders', { indexed: true }),
    type:           choice(['file', 'link', 'html'], { filled: true }),
    file:           text({ max: 36 }),
    fileName:       text(),
    link:           url(),
    content:        richtext(),
    mime:           text({ max: 120, rare: true }),
    size:           integer({ min: 0, rare: true }),
    checksum:       text({ max: 128, rare: true }),
    revision:       integer({ min: 1, default: 1, rare: true }),
    status:         choice(['draft', 'active', 'approved', 'expired', 'archived'], { default: 'active', indexed: true, tones: { approved: 'ok', expired: 'bad' } }),
    expiresAt:      date({ indexed: true }),
    category:       choice(['contract', 'quote', 'order', 'invoice', 'datasheet', 'certificate', 'identity', 'photo', 'letter', 'other']),
    language:       language(),
    related:        anyLinks({ to: 'any', onDelete: 'detach', indexed: true }),
    dealStage:      text({ readonly: true, rare: true }),
    sharedWith:     anyLinks({ to: ['contacts', 'accounts'], onDelete: 'detach' }),
    shareLinks:     grid({ columns: { name: text({ required: true, max: 120 }), permission: choice(['view', 'download', 'upload']), expiresAt: datetime(), password: secret(), views: integer({ min: 0 }) }, rare: true, sensitive: true }),
    downloads:      integer({ readonly: true }),
    ocrText:        longtext({ rare: true }),
    retentionUntil: date({ rare: true }),
    confidential:   toggle({ default: false }),
    direction:      choice(['internal', 'from_customer', 'to_customer'], { default: 'internal' }),
  },
  list: ['title', 'type', 'category', 'status', 'related', 'expiresAt', 'owner', 'updatedAt'],
  card: ['type', 'category', 'status', 'expiresAt'],
  board: 'status',
  calendar: ['expiresAt'],
  portal: {
    own: ['sharedWith'],
    read: ['title', 'type', 'fileName', 'link', 'mime', 'size', 'category', 'language', 'expiresAt', 'updatedAt'],
    create: ['title', 'type', 'file', 'fileName', 'mime', 'size', 'category', 'related'],
  },
  rules: [documentType, documentHolds, uploadedByCustomer, stageWhenSent],
});
