import type { Backend } from '../frame/instance.ts';

/**
 * Fetches the client's code for saving, and for trying again, before it is needed: that may be when the network has
 * gone. What cannot be fetched now is fetched on first use. Never rejects.
 */
export const prepareSaving = async (source: Backend | undefined): Promise<void> => {
  // A store of the page has its code already
  if (source?.url === undefined) return;
  await Promise.allSettled([
    import('@tessera-crm/client/apply-remotely.js'),
    import('@tessera-crm/client/recovery.js'),
    import('@tessera-crm/client/repeated.js'),
  ]);
};
