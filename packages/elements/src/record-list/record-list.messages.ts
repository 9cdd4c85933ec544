import type { Messages } from '../i18n/catalogue.ts';

export const messages = {
  search: 'Search',
  'search.clear': 'Clear the search',
  'search.none': 'Nothing found for “{words}”',
  count: { one: '{count} record', other: '{count} records' },
  'count.more': 'the first {count}',
  more: 'Show more',
  table: 'List of {module}',
  open: 'Open',
} as const satisfies Messages;

export type RecordListMessages = typeof messages;
