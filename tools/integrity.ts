import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

interface IntegrityOptions {
  /** Where the files lie in the snippet; pages that put them elsewhere write that instead. */
  readonly folder: string;
  /** The file that the snippet's script tag names. */
  readonly entry: string;
}

/**
 * Says by which bytes each file of a bundle is known: prints them, and writes them as `integrity.json` (path in the
 * folder, SHA-384) and as `integrity.html`, which a page can paste.
 */
export const integrity = ({ folder, entry }: IntegrityOptions): Plugin => ({
  name: 'tessera-integrity',
  async writeBundle({ dir = '' }, bundle) {
    const names = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name));
    const hashes = Object.fromEntries(
      // Every entry before its chunks, because a person looks for those
      await Promise.all(
        names.sort(byDepth).map(async (name) => [name, hashOf(await readFile(join(dir, name)))] as const),
      ),
    );
    await writeFile(join(dir, 'integrity.json'), `${JSON.stringify(hashes, null, 2)}\n`);
    await writeFile(join(dir, 'integrity.html'), snippetOf(hashes, { folder, entry }));
    for (const [name, hash] of Object.entries(hashes)) console.log(`${hash}  ${name}`);
  },
});

const hashOf = (content: Uint8Array): string => `sha384-${createHash('sha384').update(content).digest('base64')}`;

const depthOf = (name: string): number => name.split('/').length;

const byDepth = (a: string, b: string): number => depthOf(a) - depthOf(b) || (a < b ? -1 : 1);

/** The attribute of a script tag covers that one file; what it imports is covered by an import map only. */
const snippetOf = (hashes: Readonly<Record<string, string>>, { folder, entry }: IntegrityOptions): string => {
  const modules = Object.entries(hashes)
    .filter(([name]) => name.endsWith('.js'))
    .map(([name, hash]) => [folder + name, hash] as const);
  const map = JSON.stringify({ integrity: Object.fromEntries(modules) }, null, 1);
  const source = createHash('sha256').update(map).digest('base64');
  return `<!-- Before any other module. A policy has to allow it: script-src 'sha256-${source}', or a nonce. -->
<script type="importmap">${map}</script>
<script type="module" src="${folder}${entry}" integrity="${hashes[entry] ?? ''}" crossorigin="anonymous"></script>
`;
};
