import type { ServerResponse } from 'node:http';

/** What the publishing of a next major changes in our own bundle: each occurs in it, or the tests tell. */
const changes: readonly (readonly [now: RegExp, then: string])[] = [
  [/(?<=[`"'])0\.\d+\.\d+(?=[`"'])/, '1.0.0'],
  // Instances of another shape are asked for by another name
  [/tessera\.instance\./, 'tessera.instance-2.'],
  // Records of another shape are kept in another database
  [/(?<=\bepoch:(?:\w+=)?)1(?=[,}])/, '2'],
];

export const nextVersion = '1.0.0';

/**
 * Sends a file of the bundle as the next major would have it, from `/hostile/next/elements/` as real ones come from a
 * folder of their own.
 */
export const answerNext = async (response: ServerResponse, upstream: string, path: string): Promise<void> => {
  const file = await fetch(upstream + path);
  const text = await file.text();
  response.writeHead(file.status, {
    'content-type': file.headers.get('content-type') ?? 'text/plain',
    'cache-control': 'no-cache',
    'access-control-allow-origin': '*',
  });
  response.end(changes.reduce((whole, [now, then]) => whole.replaceAll(new RegExp(now, 'g'), then), text));
};

/** Milliseconds by which the chunks of `/hostile/late/` come later than those of other copies. */
const delay = 400;

export const comesLate = async (path: string): Promise<void> => {
  if (path.includes('/chunks/')) await new Promise((resolve) => setTimeout(resolve, delay));
};
