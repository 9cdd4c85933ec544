import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { version } from './version.ts';

it('the version that the elements tell of is that of the package', () => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  assert.equal(version, (JSON.parse(text) as { readonly version: string }).version);
});
