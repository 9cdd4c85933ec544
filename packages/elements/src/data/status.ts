import type { CrmError, ErrorCode } from '@tessera-crm/model/errors.js';
import type { ViewState } from '../frame/view-state.ts';

/** How watching goes: `missing` is a record that does not exist, `offline` says that data cannot be refreshed now. */
export type Status = 'loading' | 'ready' | 'missing' | 'forbidden' | 'error' | 'offline';

const away = new Set<ErrorCode>(['network', 'timeout', 'unavailable']);
const closed = new Set<ErrorCode>(['forbidden', 'auth-required', 'token-rejected']);

/** What an error means to somebody who looks at data. */
export const statusOf = ({ code }: CrmError): Status => {
  if (away.has(code)) return 'offline';
  if (closed.has(code)) return 'forbidden';
  return code === 'not-found' ? 'missing' : 'error';
};

/**
 * What an element shows for a status. Data that are there stay in sight through failures; without any, a server that
 * cannot be reached is an error to try again, unless the browser itself knows that there is no network.
 */
export const viewStateOf = (status: Status, hasData: boolean): ViewState => {
  if (status === 'missing') return 'empty';
  if (status === 'error' && hasData) return 'offline';
  if (status === 'offline' && !hasData) return navigator.onLine ? 'error' : 'offline';
  return status;
};
