import { retryText } from '../shell/failure.ts';
import type { Messages } from './catalogue.ts';
import type { StateMessages } from './state.messages.ts';

/** What any element may have to say at once. */
export const messages = {
  'frame.loading': 'Loading…',
  'frame.error': 'This could not be loaded',
  'frame.retry': retryText,
  'frame.close': 'Close',
  'frame.cancel': 'Cancel',
  'frame.copied': 'Copied',
} as const satisfies Messages;

/** What any element may have to say, sooner or later. */
export type FrameMessages = typeof messages & StateMessages;
