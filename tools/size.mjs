// npm run size [-- text]: bundles what test/size/ceilings.json lists and holds its gzip size against the ceiling there.
// With a text, only the ceilings whose name contains it, and what they are made of.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { root } from './bootstrap.mjs';
import { bundleSettings } from './bundle-settings.ts';
import { leaveCounts } from './counts.mjs';

const wanted = process.argv.slice(2).join(' ');
const { ceilings } = JSON.parse(readFileSync(join(root, 'test', 'size', 'ceilings.json'), 'utf8'));
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const ceiling of ceilings.filter(({ name }) => name.includes(wanted))) {
  const chunks = await staticChunks(ceiling);
  const size = weightOf(chunks) - (ceiling.part ? weightOf(await staticChunks(ceiling, ceiling.part)) : 0);
  const isLow = size <= ceiling.kB;
  counts[isLow ? 'passed' : 'failed']++;
  console.log(`${isLow ? 'ok    ' : 'not ok'} ${size.toFixed(2).padStart(6)} of ${ceiling.kB} kB  ${ceiling.name}`);
  if (wanted || !isLow) printParts(chunks);
}
leaveCounts(counts);
process.exitCode = counts.failed ? 1 : 0;

/** kB. */
function weightOf(chunks) {
  return chunks.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0) / 1000;
}

/**
 * The chunks a page loads for this code before any `import()` of it runs, and for those of its modules that `behind`
 * names; with `lazy`, whatever else is behind it too. What is built `beside` it decides with it how files are cut.
 *
 * @param part - Files to leave out, as a regular expression: what a ceiling of a `part` does not weigh.
 */
async function staticChunks({ code, beside, behind = [], without = [], lazy = false }, part) {
  const [{ output }] = await build({
    ...bundleSettings,
    root: join(root, 'test', 'size'),
    configFile: false,
    logLevel: 'error',
    plugins: [...bundleSettings.plugins, entryFrom({ entry: code, beside })],
    build: {
      ...bundleSettings.build,
      write: false,
      sourcemap: false,
      rolldownOptions: {
        ...bundleSettings.build.rolldownOptions,
        input: beside ? ['virtual:entry', 'virtual:beside'] : 'virtual:entry',
        preserveEntrySignatures: 'strict',
        external: [...without.map((name) => `^${name}(/|$)`), ...(part ? [part] : [])].map((text) => new RegExp(text)),
      },
    },
  });
  const chunks = new Map(output.filter(({ type }) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]));
  const reached = new Set();
  const reach = (fileName) => {
    const chunk = chunks.get(fileName);
    if (!chunk || reached.has(chunk)) return;
    reached.add(chunk);
    [...chunk.imports, ...(lazy ? chunk.dynamicImports : [])].forEach(reach);
  };
  reach(output.find(({ facadeModuleId }) => facadeModuleId?.endsWith('entry.js')).fileName);
  for (const path of behind) {
    const holds = ({ modules = {} }) => Object.keys(modules).some((id) => id.endsWith(path));
    reach(output.find(holds).fileName);
  }
  return [...reached];
}

function entryFrom(codes) {
  const idOf = (name) => join(root, 'test', 'size', `${name}.js`);
  const names = Object.keys(codes);
  return {
    name: 'tessera-size-entry',
    resolveId: (source) => names.filter((name) => source === `virtual:${name}`).map(idOf)[0],
    load: (path) => names.filter((name) => path === idOf(name)).map((name) => [codes[name]].flat().join('\n'))[0],
  };
}

function printParts(chunks) {
  const parts = chunks
    .flatMap(({ modules }) => Object.entries(modules))
    .map(([path, { renderedLength }]) => [path, renderedLength]);
  for (const [path, bytes] of parts.sort((a, b) => b[1] - a[1]).slice(0, 25)) {
    console.log(`         ${(bytes / 1000).toFixed(1).padStart(8)} kB unpacked  ${path.replace(`${root}/`, '')}`);
  }
}
