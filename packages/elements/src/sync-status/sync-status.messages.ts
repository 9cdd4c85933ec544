import type { Messages } from '../i18n/catalogue.ts';

export const messages = {
  saved: 'All changes saved',
  direct: 'Changes are saved at once; nothing waits on this device',
  saving: 'Saving…',
  slow: {
    one: 'Saving… {count} change waits, since {since}',
    other: 'Saving… {count} changes wait, the oldest since {since}',
  },
  offline: {
    one: 'Offline · {count} change waits, since {since}',
    other: 'Offline · {count} changes wait, the oldest since {since}',
  },
  'offline.saved': 'Offline · All changes saved',
  locked: {
    one: '{reason} · {count} change waits, since {since}',
    other: '{reason} · {count} changes wait, the oldest since {since}',
  },
  old: 'They have waited for days. Save them as a file to be safe.',
  refused: { one: '{count} change was refused', other: '{count} changes were refused' },
  review: 'Review',
  'storage.memory': 'Nothing is kept on this device. What is unsent is lost when this page is closed.',
  'storage.full': 'The storage of this device is full. What is unsent is lost when this page is closed.',
  'storage.unavailable': 'The storage of this device cannot be used. What is unsent is lost when this page is closed.',
  'storage.makeshift':
    'This device takes no more data. What is unsent is not safely stored: send it soon, or save it as a file.',
  retry: 'Try now',
  retrying: 'Trying…',
  'retry.failed': 'The server was not reached.',
  export: 'Save as a file',
  'export.done': 'Saved as {file}',
  'list.show': 'Show what waits',
  'list.hide': 'Hide what waits',
  'list.label': 'What waits to be sent',
  'op.create': 'New',
  'op.update': 'Changed: {fields}',
  'op.delete': 'Deleted',
  'op.restore': 'Brought back',
} as const satisfies Messages;

export type SyncStatusMessages = typeof messages;
