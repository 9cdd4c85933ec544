import { hosts } from './hosts.ts';

/** A list of all pages, for whoever wants to open them by hand. */
export const indexPage = async (): Promise<string> => {
  const rows = (await hosts()).map(
    ({ file, number, does }) => `<li><b>${number}</b> <a href="${file}.html">${file.slice(4)}</a>: ${does}</li>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Hostile hosts</title>
<style>body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}</style>
<h1>Hostile hosts</h1><ul>${rows.join('\n')}</ul></html>`;
};
