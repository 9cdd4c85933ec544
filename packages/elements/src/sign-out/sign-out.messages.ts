import type { Messages } from '../i18n/catalogue.ts';

export const messages = {
  title: 'Sign out with unsent changes?',
  waiting: {
    one: '{count} change has not been sent since {since}.',
    other: '{count} changes have not been sent, the oldest since {since}.',
  },
  refused: {
    one: '{count} change was refused, and nobody has settled that yet.',
    other: '{count} changes were refused, and nobody has settled that yet.',
  },
  send: 'Send now',
  sending: 'Sending…',
  'send.text': 'Tries to reach the server once more, then signs you out.',
  'send.failed': 'The server was not reached.',
  'send.rest': 'Not everything could be sent.',
  keep: 'Keep on this device',
  'keep.text':
    'They wait here until you sign in again. They are not encrypted: whoever uses this browser can read them.',
  'keep.text.encrypted': 'They wait here, encrypted, until you sign in again.',
  save: 'Save as a file and delete',
  'save.text': 'You keep them in a file, which is as secret as the records themselves.',
  delete: 'Delete',
  'delete.text': 'No server has them. They are lost for good.',
  'saved.title': 'Do you have the file?',
  'saved.text': 'It was saved as {file}. Look for it among your downloads: once you sign out it is all that is left.',
  'saved.again': 'Save again',
  'save.failed': 'The file could not be made.',
  'delete.title': 'Delete them for good?',
  'delete.sure': {
    one: '{count} change that no server has will be lost.',
    other: '{count} changes that no server has will be lost.',
  },
  confirm: 'Delete and sign out',
  back: 'Back',
  'sent.title': 'Everything is sent',
  'sent.text': 'Nothing is left that could be lost.',
  'sent.confirm': 'Sign out',
} as const satisfies Messages;

export type SignOutMessages = typeof messages;
