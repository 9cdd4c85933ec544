/** Owns tables and views; only migrations act as it. */
export const ownerRole = 'tessera_owner';

/** Has rights on the tenant views and nothing else; all requests run as it. */
export const appRole = 'tessera_app';

/** Has rights on a few tables of the house, across tenants, and on no records. */
export const adminRole = 'tessera_admin';

export const schemaName = 'tessera';
