import test from 'node:test';
import { findWebKit } from '../../tools/other-browsers.mjs';
import { describeHosts } from './support/suite.ts';
import { startWebKit } from './support/webkit.ts';

const help = 'there is no WebKitGTK: set WEBKIT_DRIVER, or install webkit2gtk-driver and xvfb';

if (findWebKit()) await describeHosts('webkit', startWebKit);
else test('hostile pages in webkit', { skip: help }, () => {});
