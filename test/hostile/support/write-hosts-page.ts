import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hostsPage } from './hosts-page.ts';

writeFileSync(fileURLToPath(new URL('../../../docs/hosts.md', import.meta.url)), await hostsPage());
