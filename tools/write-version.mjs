// Writes the version of the elements, which they tell a page, as npm knows it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';

const elements = join(root, 'packages', 'elements');
const { version } = JSON.parse(readFileSync(join(elements, 'package.json'), 'utf8'));
const file = join(elements, 'src', 'version.ts');
writeFileSync(file, readFileSync(file, 'utf8').replace(/version = '[^']*'/, `version = '${version}'`));
