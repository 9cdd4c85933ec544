/** Text as it is kept: as it is, or encrypted. */
export type Sealed = string | Uint8Array<ArrayBuffer>;

/** How what is kept on a device is made unreadable to whoever has only the device. */
export interface Sealing {
  /** What stands for a name in keys of the database: always the same for the same name. */
  name(text: string): Promise<string>;
  /** @param place - Where it is kept: it opens nowhere else. */
  seal(text: string, place: string): Promise<Sealed>;
  /** @throws What the browser says of a wrong key, and of what was changed or moved. */
  open(sealed: Sealed, place: string): Promise<string>;
}

/** Nothing is hidden. */
export const unsealed: Sealing = {
  name: async (text) => text,
  seal: async (text) => text,
  open: async (sealed) => {
    if (typeof sealed === 'string') return sealed;
    throw new Error('This was encrypted, and there is no key.');
  },
};

/** Bytes of an initialisation vector. @see NIST SP 800-38D, 8.2 */
const vectorSize = 12;

/**
 * AES-GCM of 256 bits with a random vector for every value; HMAC of SHA-256 for names. Both keys are derived from one.
 *
 * @param key - For HKDF, with the usage `deriveKey`; it need not be extractable.
 */
export const sealWith = async (key: CryptoKey): Promise<Sealing> => {
  const { subtle } = globalThis.crypto;
  const from = (info: string): HkdfParams => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: bytesOf(info),
  });
  const [values, names] = await Promise.all([
    subtle.deriveKey(from('tessera values'), key, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
    subtle.deriveKey(from('tessera names'), key, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']),
  ]);
  return {
    async name(text) {
      const signature = new Uint8Array(await subtle.sign('HMAC', names, bytesOf(text)));
      return Array.from(signature.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    async seal(text, place) {
      const iv = crypto.getRandomValues(new Uint8Array(vectorSize));
      const sealed = await subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: bytesOf(place) },
        values,
        bytesOf(text),
      );
      const both = new Uint8Array(vectorSize + sealed.byteLength);
      both.set(iv);
      both.set(new Uint8Array(sealed), vectorSize);
      return both;
    },
    async open(sealed, place) {
      if (typeof sealed === 'string') return sealed;
      const iv = sealed.subarray(0, vectorSize);
      const algorithm = { name: 'AES-GCM', iv, additionalData: bytesOf(place) };
      return new TextDecoder().decode(await subtle.decrypt(algorithm, values, sealed.subarray(vectorSize)));
    },
  };
};

/** A sealing whose key can be forgotten: from then on nothing is sealed and nothing opened any more. */
export interface Forgettable extends Sealing {
  forget(): void;
}

export const forgettable = (sealing: Sealing): Forgettable => {
  let known: Sealing | undefined = sealing;
  const use = (): Sealing => {
    if (!known) throw new Error('The key was forgotten.');
    return known;
  };
  return {
    name: async (text) => use().name(text),
    seal: async (text, place) => use().seal(text, place),
    open: async (sealed, place) => use().open(sealed, place),
    forget: () => (known = undefined),
  };
};

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
