/** The beginnings of files, in hexadecimal with `..` for any byte, and what they are. */
const signatures: readonly (readonly [string, string])[] = [
  ['89504e470d0a1a0a', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
  ['47494638', 'image/gif'],
  ['52494646........57454250', 'image/webp'],
  ['52494646........57415645', 'audio/wav'],
  ['........6674797061766966', 'image/avif'],
  ['........66747970686569', 'image/heic'],
  ['........66747970', 'video/mp4'],
  ['424d', 'image/bmp'],
  ['49492a00', 'image/tiff'],
  ['4d4d002a', 'image/tiff'],
  ['25504446', 'application/pdf'],
  ['504b0304', 'application/zip'],
  ['504b0506', 'application/zip'],
  ['1f8b', 'application/gzip'],
  ['377abcaf271c', 'application/x-7z-compressed'],
  ['526172211a07', 'application/vnd.rar'],
  ['d0cf11e0a1b11ae1', 'application/x-cfb'],
  ['494433', 'audio/mpeg'],
  ['4f676753', 'audio/ogg'],
  ['1a45dfa3', 'video/webm'],
  ['7b5c72746631', 'application/rtf'],
  ['4d5a', 'application/x-msdownload'],
  ['7f454c46', 'application/x-executable'],
];

/** Types whose files are one of the above inside: newer office documents are archives, older ones compound files. */
const within: Readonly<Record<string, readonly string[]>> = {
  'application/zip': [
    'application/vnd.openxmlformats-officedocument.',
    'application/vnd.oasis.opendocument.',
    'application/x-zip-compressed',
    'application/epub+zip',
  ],
  'application/x-cfb': ['application/msword', 'application/vnd.ms-', 'application/vnd.outlook'],
  'video/mp4': ['audio/mp4', 'audio/x-m4a', 'video/quicktime', 'image/heic', 'image/heif'],
  'video/webm': ['audio/webm', 'video/x-matroska'],
  'application/gzip': ['application/x-gzip'],
  'audio/wav': ['audio/x-wav', 'audio/wave'],
  'application/rtf': ['text/rtf'],
};

/** Bytes of the beginning that are looked at. */
export const sniffedBytes = 512;

/** What a browser could take for a page or run as a script, wherever it is served from. */
const active =
  /^(?:text\/html|application\/xhtml\+xml|image\/svg\+xml|text\/xml|application\/xml|(?:text|application)\/(?:x-)?(?:java|ecma)script|application\/x-msdownload|application\/x-executable)$/;

const markup = /^[\s\ufeff]*<(?:!doctype|!--|\?xml|[a-z])/i;

const typePattern = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,90}$/;

/** The type that the first bytes betray; null when they are of no known kind. */
export const sniffedType = (start: Uint8Array): string | null => {
  const hex = Buffer.from(start.subarray(0, 16)).toString('hex');
  return signatures.find(([pattern]) => new RegExp(`^${pattern}`).test(hex))?.[1] ?? null;
};

const holdsControls = (start: Uint8Array): boolean =>
  start.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));

/**
 * The type under which an upload is kept: what it claims to be, if its first bytes do not tell otherwise; plain bytes
 * if it claims to be something that acts. Null for a false claim.
 */
export const acceptedType = (claimed: string, start: Uint8Array): string | null => {
  const type = claimed.split(';', 1)[0]!.trim().toLowerCase();
  const found = sniffedType(start);
  if (!typePattern.test(type) || type === 'application/octet-stream')
    return found !== null && !active.test(found) ? found : 'application/octet-stream';
  if (active.test(type) || (found !== null && active.test(found))) return 'application/octet-stream';
  if (found === null) return isPlausible(type, start) ? type : null;
  return found === type || (within[found] ?? []).some((prefix) => type.startsWith(prefix)) ? type : null;
};

/** Without a signature it can be text, or a type whose beginnings we do not know; but not one whose we do. */
const isPlausible = (type: string, start: Uint8Array): boolean => {
  if (type.startsWith('text/') || type === 'application/json')
    return !holdsControls(start) && !markup.test(new TextDecoder().decode(start));
  return !signatures.some(
    ([, known]) => known === type || (within[known] ?? []).some((prefix) => type.startsWith(prefix)),
  );
};
