import type { Messages } from '../i18n/catalogue.ts';

export const messages = {
  search: 'Search',
  'search.clear': 'Clear the search',
  'search.none': 'Nothing found for “{words}”',
  count: { one: '{count} record', other: '{count} records' },
  'count.more': '{count}+ records',
  more: 'Show more',
  table: 'List of {module}',
} as const satisfies Messages;

export type RecordListMessages = typeof messages;
