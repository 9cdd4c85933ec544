import { Files } from '@tessera-crm/client/files.js';
import type { Transport } from '@tessera-crm/client/transport.js';
import type { FileAccess } from '../frame/instance.ts';

/** Files of a server, as elements see them. */
export const serverFiles = (transport: Transport): FileAccess => {
  const files = new Files(transport);
  return {
    async upload(file, { signal, onProgress } = {}) {
      const { id } = await files.upload(file, {
        ...(signal && { signal }),
        ...(onProgress && { onProgress: ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total) }),
      });
      return id;
    },
    link: async (id, options) => (await files.link(id, options)).url,
  };
};
