import type { StorybookConfig } from '@storybook/web-components-vite';
import { defaultClientConditions } from 'vite';

const config: StorybookConfig = {
  stories: ['../packages/elements/src/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  framework: { name: '@storybook/web-components-vite', options: {} },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  async viteFinal(vite) {
    vite.logLevel = 'error';
    vite.build = { ...vite.build, chunkSizeWarningLimit: 2000 };
    vite.resolve = { ...vite.resolve, conditions: ['tessera-source', ...defaultClientConditions] };
    return vite;
  },
};

export default config;
