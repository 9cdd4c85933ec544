import { choice } from '../../kinds/choice.ts';
import { currency } from '../../kinds/currency.ts';
import { date } from '../../kinds/date.ts';
import { datetime } from '../../kinds/datetime.ts';
import { email } from '../../kinds/email.ts';
import { grid } from '../../kinds/grid.ts';
import { image } from '../../kinds/image.ts';
import { integer } from '../../kinds/integer.ts';
import { json } from '../../kinds/json.ts';
import { language } from '../../kinds/language.ts';
import { link } from '../../kinds/link.ts';
import { links } from '../../kinds/links.ts';
import { name } from '../../kinds/name.ts';
import { phones } from '../../kinds/phones.ts';
import { richtext } from '../../kinds/richtext.ts';
import { text } from '../../kinds/text.ts';
import { timezone } from '../../kinds/timezone.ts';
import { toggle } from '../../kinds/toggle.ts';
import { defineModule } from '../../module.ts';
import { adminsOnly, decidingFields } from '../../rules/people.ts';
import { lastAdmin, neverDeleted } from '../../rules/users.ts';

/** Somebody who works here. */
export const users = /* @__PURE__ */ defineModule('users', {
  area: 'administration',
  title: ['name'],
  search: ['name', 'email', 'login'],
  // prettier-ignore
  fields: {
    name:          name({ required: true, indexed: true }),
    email:         email({ required: true, unique: true }),
    login:         text({ max: 120, unique: true }),
    role:          link('roles', { onDelete: 'restrict', indexed: true }),
    profiles:      links('profiles', { rare: true, onDelete: 'detach' }),
    groups:        links('groups', { readonly: true, onDelete: 'detach' }),
    manager:       link('users', { onDelete: 'detach' }),
    reportsTo:     link('users', { onDelete: 'detach' }),
    title:         text({ max: 120 }),
    department:    text({ max: 120 }),
    phones:        phones(),
    extension:     text({ max: 20 }),
    timeZone:      timezone({ default: 'Europe/Rome' }),
    locale:        language({ default: 'it' }),
    currency:      currency({ rare: true }),
    dateFormat:    choice(['locale', 'dmy', 'mdy', 'ymd'], { default: 'locale', rare: true }),
    timeFormat:    choice(['locale', 'h24', 'h12'], { default: 'locale', rare: true }),
    weekStart:     integer({ min: 1, max: 7, rare: true }),
    signature:     richtext(),
    avatar:        image(),
    businessHours: link('businessHours', { rare: true }),
    status:        choice(['active', 'invited', 'suspended', 'left'], { default: 'active', indexed: true, tones: { active: 'ok', invited: 'info', suspended: 'warn' } }),
    isAdmin:       toggle({ default: false }),
    mfa:           toggle({ default: false, rare: true }),
    ssoSubject:    text({ rare: true, sensitive: true }),
    absences:      grid({ columns: { from: date({ required: true }), to: date({ required: true }), delegate: link('users') } }),
    subject:       link('subjects', { rare: true }),
    preferences:   json({ rare: true }),
    lastLoginAt:   datetime({ readonly: true }),
    loginHistory:  grid({ columns: { at: datetime({ required: true }), address: text({ max: 45 }), device: text() }, readonly: true, sensitive: true, rare: true }),
  },
  many: {
    reports: { module: 'users', by: 'reportsTo' },
    team: { module: 'users', by: 'manager' },
  },
  list: ['name', 'email', 'title', 'department', 'status', 'isAdmin', 'lastLoginAt'],
  card: ['avatar', 'title', 'email', 'phones'],
  board: 'status',
  rules: [...adminsOnly('users', decidingFields), lastAdmin, neverDeleted],
});
