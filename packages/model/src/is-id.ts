declare const owner: unique symbol;

/** The id of a record of module `M`: a UUID, branded, so that a contact's id does not pass for a deal's. */
export type Id<M extends string = string> = string & { readonly [owner]: M };

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isId = (value: unknown): value is Id<never> => typeof value === 'string' && pattern.test(value);
