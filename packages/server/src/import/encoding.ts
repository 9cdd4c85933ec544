import { open } from 'node:fs/promises';
import { CrmError } from '@tessera-crm/model/errors.js';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Bytes read at once. */
const chunkSize = 1 << 18;

/** Bytes of a beginning that are looked at to tell UTF-16 without a mark. */
const glance = 4096;

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path).catch((error: unknown) => {
    throw new CrmError('config', `The file ${path} cannot be read.`, { path }, error);
  });
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkSize), 0, chunkSize);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

const startsWith = (bytes: Uint8Array, ...mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);

const marked = (bytes: Uint8Array): Encoding | null => {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  return startsWith(bytes, 0xfe, 0xff) ? 'utf-16be' : null;
};

/** In Latin scripts every second byte of UTF-16 is zero, and text in other encodings has none. */
const isWide = (bytes: Uint8Array): Encoding | null => {
  const zeros = [0, 0];
  const length = Math.min(bytes.length, glance);
  for (let index = 0; index < length; index++) if (bytes[index] === 0) zeros[index % 2]!++;
  const [even = 0, odd = 0] = zeros;
  if (odd > length / 4 && even < length / 20) return 'utf-16le';
  return even > length / 4 && odd < length / 20 ? 'utf-16be' : null;
};

const refuseBinary = (bytes: Uint8Array, path: string): void => {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new CrmError('config', `${path} is a spreadsheet or an archive: save it as CSV first.`, { path });
  }
  if (bytes.subarray(0, glance).includes(0)) throw new CrmError('config', `${path} is no text file.`, { path });
};

/**
 * How the text of a file is encoded: by its mark, by zero bytes, and else as UTF-8 when the whole file is valid UTF-8,
 * because the first accent may come late. What is left is Windows-1252, in which every byte means something.
 *
 * @throws {CrmError} `config` when it cannot be read or holds no text
 */
export const detectEncoding = async (path: string): Promise<Encoding> => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  try {
    for await (const bytes of bytesOf(path)) {
      const found = isFirst ? (marked(bytes) ?? isWide(bytes)) : null;
      if (found) return found;
      if (isFirst) refuseBinary(bytes, path);
      isFirst = false;
      decoder.decode(bytes, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252';
    throw error;
  }
};

/** The text of a file, piece by piece, without its mark. */
export async function* readText(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of bytesOf(path)) yield decoder.decode(bytes, { stream: true });
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** The beginning of a file's text. */
export const readBeginning = async (path: string, encoding: Encoding, length: number): Promise<string> => {
  let text = '';
  for await (const piece of readText(path, encoding)) {
    text += piece;
    if (text.length >= length) break;
  }
  return text.slice(0, length);
};
