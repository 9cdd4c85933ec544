import { startChromium } from './support/chromium.ts';
import { describeHosts } from './support/suite.ts';

await describeHosts('chromium', startChromium);
