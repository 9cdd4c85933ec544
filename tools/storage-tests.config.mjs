// wtr --config: the tests of what pages keep, in Firefox and WebKitGTK as far as they are on this machine.
import { startFirefox } from '../test/hostile/support/firefox.ts';
import { startWebKit } from '../test/hostile/support/webkit.ts';
import { findFirefox, findWebKit } from './other-browsers.mjs';
import config from '../web-test-runner.config.mjs';

/** As @web/test-runner wants a browser: one tab for each file, one file at a time. */
const launcher = (name, start) => {
  let engine;
  const tabs = new Map();
  return {
    name,
    type: name,
    concurrency: 1,
    async initialize() {},
    async startSession(id, url) {
      engine ??= await start();
      const tab = await engine.newTab();
      tabs.set(id, { tab, url });
      await tab.open(url);
    },
    isActive: (id) => tabs.has(id),
    getBrowserUrl: (id) => tabs.get(id)?.url,
    async stopSession(id) {
      await tabs.get(id)?.tab.close();
      tabs.delete(id);
      return {};
    },
    async stop() {
      await engine?.close();
    },
  };
};

export default {
  ...config,
  files: ['packages/cache/src/*.browser.test.ts'],
  browsers: [
    ...(findFirefox() ? [launcher('Firefox', startFirefox)] : []),
    ...(findWebKit() ? [launcher('WebKit', startWebKit)] : []),
  ],
  // WebKitGTK takes its time to begin
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testFramework: { config: { timeout: 60_000 } },
};
