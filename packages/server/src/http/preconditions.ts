import { CrmError } from '@tessera-crm/model/errors.js';

/** A record's version as an entity tag. */
export const etagOf = ({ version }: { readonly version: number }): string => `"${version}"`;

const tags = (header: string): readonly string[] => header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));

/** Whether the asker holds this version already. @see RFC 9110, section 13.1.2 */
export const isKnown = (headers: Headers, etag: string): boolean => {
  const header = headers.get('if-none-match');
  return header !== null && (header === '*' || tags(header).includes(etag));
};

/**
 * The version on which a change insists, from `If-Match`; undefined when it insists on none.
 *
 * @throws {CrmError} `validation` for a header that holds no version of ours
 */
export const requiredVersion = (headers: Headers): number | undefined => {
  const header = headers.get('if-match');
  if (header === null || header === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim())?.[1];
  if (version === undefined)
    throw new CrmError('validation', 'If-Match has to be the ETag of one version.', {
      issues: [{ path: '', code: 'etag' }],
    });
  return Number(version);
};
