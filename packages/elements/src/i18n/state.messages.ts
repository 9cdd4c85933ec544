import type { Messages } from './catalogue.ts';

/** What any element may have to say of states in which there is nothing to show; it comes with their templates. */
export const messages = {
  'frame.empty': 'Nothing here yet',
  'frame.offline': 'You are offline. What you see may have changed since.',
  'frame.offline.auth': 'You have to sign in again. What you see may have changed since.',
  'frame.offline.token': 'Your access could not be renewed yet. What you see may have changed since.',
  'frame.trouble.auth': 'Sign in again',
  'frame.trouble.token': 'Access not renewed',
  'frame.offline.empty': 'You are offline, and this has not been loaded before.',
  'frame.forbidden': 'You have no access to this',
  'frame.auth': 'You have to sign in to see this',
  'frame.token': 'Your access could not be renewed yet.',
  'frame.request': 'Request {id}',
  'frame.network': 'The server cannot be reached.',
  'frame.timeout': 'The server did not answer in time.',
  'frame.unavailable': 'The server is busy. Try again in a moment.',
  'frame.rate-limited': 'Too many requests at once. Try again in a moment.',
  'frame.load-failed': 'A file could not be loaded.',
  'frame.schema-mismatch': 'This page and the server do not fit together. Reload the page.',
  'frame.config': 'This has not been set up correctly.',
  'frame.internal': 'Something went wrong on the server.',
} as const satisfies Messages;

export type StateMessages = typeof messages;
