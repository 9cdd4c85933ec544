import { globSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FoundHost, Host } from './host.ts';

const folder = fileURLToPath(new URL('../', import.meta.url));

let found: Promise<readonly FoundHost[]> | undefined;

/** Every host of this folder, by number and name. */
export const hosts = (): Promise<readonly FoundHost[]> => (found ??= load());

const load = async (): Promise<readonly FoundHost[]> =>
  Promise.all(
    globSync('h[0-9][0-9]-*.ts', { cwd: folder })
      .sort()
      .map(async (name) => {
        const { host } = (await import(pathToFileURL(folder + name).href)) as { readonly host: Host };
        return { ...host, file: name.slice(0, -'.ts'.length), number: name.slice(0, 3).toUpperCase() };
      }),
  );
