#!/usr/bin/env node
// npx @tessera-crm/elements [target ...] [--prefix acme] [--out folder]: writes types, components and editor data for the
// elements under a prefix of one's own. The package brings those of the default prefix.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generate, targets } from '@tessera-crm/elements/generate/generate.js';

const usage = `Usage: tessera-elements [target ...] [--prefix acme] [--out folder]

Targets: ${targets.join(' ')}; all of them unless given.
--prefix  that of createCrm; crm unless given
--out     the folder for the files; ./tessera unless given
`;

const complain = (text) => {
  console.error(text);
  process.exit(1);
};

const readArguments = () => {
  const options = {
    prefix: { type: 'string', default: 'crm' },
    out: { type: 'string', default: 'tessera' },
    help: { type: 'boolean' },
  };
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return complain(`${error.message}\n\n${usage}`);
  }
};

const { values, positionals } = readArguments();
const unknown = positionals.find((name) => !targets.includes(name));
if (unknown) complain(`There is no target "${unknown}".\n\n${usage}`);

if (values.help) console.log(usage);
else {
  const manifest = JSON.parse(readFileSync(new URL('../custom-elements.json', import.meta.url), 'utf8'));
  try {
    const wanted = positionals.length > 0 ? positionals : targets;
    const files = generate(manifest, { prefix: values.prefix, wanted });
    mkdirSync(values.out, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(values.out, name), text);
    console.log(`${Object.keys(files).join(', ')} in ${String(values.out)}`);
  } catch (error) {
    complain(error.message);
  }
}
