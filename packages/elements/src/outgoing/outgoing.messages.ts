import type { Messages } from '../i18n/catalogue.ts';

export const messages = {
  waiting: 'Not sent yet',
  'refused.title': 'Your change was not saved',
  'refused.title.of': 'Your change to {name} was not saved',
  'refused.more': { one: 'and {count} more', other: 'and {count} more' },
  'refused.take': 'Take mine again',
  'refused.again': 'Try again',
  'refused.edit': 'Change it',
  'refused.discard': 'Discard',
} as const satisfies Messages;

export type OutgoingMessages = typeof messages;
