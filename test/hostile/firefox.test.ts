import test from 'node:test';
import { findFirefox } from '../../tools/other-browsers.mjs';
import { startFirefox } from './support/firefox.ts';
import { describeHosts } from './support/suite.ts';

if (findFirefox()) await describeHosts('firefox', startFirefox);
else
  test('hostile pages in firefox', { skip: 'there is no Firefox: set FIREFOX_PATH, or install firefox-esr' }, () => {});
