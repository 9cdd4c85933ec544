import assert from 'node:assert/strict';
import type { Host } from './support/host.ts';

const opaque =
  "sandbox allow-scripts allow-forms allow-popups; default-src * data: blob:; script-src * 'nonce-{nonce}'";

export const host: Host = {
  does: 'a sandbox without `allow-same-origin`: no origin, no storage, no cookies',
  engines: ['chromium', 'firefox'],
  why: 'WebKitGTK is slow to drive, and is asked where its styles, policies and input have a say',
  headers: { 'content-security-policy': opaque },
  checks: {
    'a token may come through a MessagePort': async (visit) => {
      await visit.open();
      await visit.until('the library is there', () => hostile.createCrm !== undefined);
      const took = await visit.tab.evaluate(async () => {
        const { port1, port2 } = new MessageChannel();
        const asked = new Promise<string>((resolve) => {
          port2.addEventListener('message', ({ data }) => resolve(JSON.stringify(data)));
          port2.start();
        });
        const crm = hostile.createCrm({ prefix: 'shop', backends: '', getToken: port1 });
        await crm.define('contact-card');
        const card = document.createElement('shop-contact-card');
        card.setAttribute('record', document.querySelector('#card')!.getAttribute('record')!);
        document.querySelector('#widgets')!.append(card);
        return Promise.race([asked, new Promise<string>((resolve) => setTimeout(resolve, 4_000, 'nobody asked'))]);
      });
      assert.match(took, /initial/);
    },
  },
};
