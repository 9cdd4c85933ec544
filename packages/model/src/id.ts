export { isId, type Id } from './is-id.ts';

/** By byte; looked up, because every record asks for sixteen. */
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * A UUIDv7: sortable by creation, safe to make offline. Never used for order, because clocks lie.
 *
 * @param time - Milliseconds since 1970.
 * @param random - Ten random bytes.
 * @see RFC 9562, section 5.7
 */
export const uuid7 = (time: number, random: Uint8Array): string => {
  const bytes = new Uint8Array(16);
  for (let index = 0, rest = time; index < 6; index++, rest = Math.floor(rest / 256)) bytes[5 - index] = rest % 256;
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  let text = '';
  for (const byte of bytes) text += hex[byte]!;
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
};
