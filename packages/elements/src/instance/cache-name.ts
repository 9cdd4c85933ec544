import type { ConnectionContext } from './connection.ts';

/** What is kept on this device for one person of one tenant at one backend begins with this name. */
export const cacheName = ({ prefix, name, source, tenant = '', identity = '' }: ConnectionContext): string => {
  const address = typeof source === 'string' ? source.replace(/\/+$/, '') : '';
  const url = new URL(`${address}/v1/`, document.baseURI).href;
  return `tessera/${[prefix, name, url, tenant, identity].map(encodeURIComponent).join('/')}`;
};
