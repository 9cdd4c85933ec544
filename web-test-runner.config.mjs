import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { browserReporter } from './tools/browser-reporter.mjs';
import { chromeArgs, findChrome } from './tools/chrome.mjs';
import { touchCommand } from './tools/touch-command.mjs';

const launchOptions = { executablePath: findChrome(), args: chromeArgs, headless: true };

export default {
  files: ['packages/*/src/**/*.browser.test.ts', 'tools/*.browser.test.ts'],
  rootDir: '.',
  nodeResolve: { exportConditions: ['tessera-source', 'browser', 'development'] },
  browsers: [playwrightLauncher({ product: 'chromium', launchOptions, concurrency: 2 })],
  plugins: [touchCommand(), esbuildPlugin({ ts: true, target: 'es2022', tsconfig: './tsconfig.base.json' })],
  testFramework: { config: { timeout: 10_000 } },
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false }), browserReporter()],
};
