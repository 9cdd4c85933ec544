import { html, type TemplateResult } from 'lit';
import type { Crm } from '../crm.ts';
import { Provider } from '../provider/provider.ts';
import { testInstance, type TestInstanceOptions } from './instance.ts';

/** What a story shows, with an instance of its own, so that several stand on one page. */
export const stage = (options: TestInstanceOptions, content: TemplateResult): TemplateResult => {
  Provider.define();
  const crm = testInstance(options) as unknown as Crm;
  return html`<crm-provider .crm=${crm}>${content}</crm-provider>`;
};
