import { CrmError } from '@tessera-crm/model/errors.js';
import type { Answer } from './answer.ts';
import type { UploadProgress } from './files.ts';
import { readAnswer } from './refusal.ts';
import type { Transport } from './transport.ts';

interface Upload {
  readonly transport: Transport;
  readonly path: string;
  readonly file: Blob;
  readonly type: string;
}

interface Reporting {
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: UploadProgress) => void;
}

/** Uploads by `XMLHttpRequest`, because `fetch` does not tell how far it is. */
export const uploadWithProgress = async (
  { transport, path, file, type }: Upload,
  { signal: given, onProgress }: Reporting,
): Promise<unknown> => {
  const signal = given ? AbortSignal.any([given, transport.closed]) : transport.closed;
  const token = await transport.tokens.get(signal);
  const headers = { accept: 'application/json', 'content-type': type, authorization: `Bearer ${token}` };
  const answer = await new Promise<Answer>((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (code: 'network' | 'aborted') => () => reject(new CrmError(code, 'The upload ended early.'));
    request.upload.onprogress = ({ loaded, total }) => onProgress({ loaded, total });
    request.onload = () =>
      resolve({
        status: request.status,
        text: request.responseText,
        retryAfter: request.getResponseHeader('retry-after') ?? '',
      });
    request.onerror = fail('network');
    request.onabort = fail('aborted');
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', transport.url + path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (signal.aborted) fail('aborted')();
    else request.send(file);
  });
  if (answer.status === 401) transport.tokens.reject(token);
  else transport.tokens.accept(token);
  return readAnswer(answer);
};
