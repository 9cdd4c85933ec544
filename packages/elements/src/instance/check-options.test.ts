import { isCrmError } from '@tessera-crm/model/errors.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkOptions } from './check-options.ts';

const store = { watchList: () => () => {} };
const secret = 'st_live_0123456789';

describe('the options of createCrm', () => {
  const right: Readonly<Record<string, readonly unknown[]>> = {
    backends: ['', '/crm', 'https://crm.example', store, { crm: '/crm', erp: store }],
    getToken: [async () => null, new MessageChannel().port1],
    scope: [[], ['deals:read']],
    prefix: ['acme', 'a2'],
    identity: ['anna', ''],
    tenant: ['acme'],
    cache: [{ mode: 'auto' }, { mode: 'memory' }, { mode: 'off' }],
    locale: ['it', 'en-GB'],
    timeZone: ['Europe/Rome', 'UTC'],
    currency: ['EUR'],
    registry: [{ define: () => {} }],
    modules: [{}],
    messages: [{}],
    appearance: [{}],
    links: [() => null],
    fetch: [fetch],
    onError: [() => {}],
    onMetric: [() => {}],
  };
  for (const [name, values] of Object.entries(right)) {
    it(`may have a right \`${name}\``, () => {
      for (const value of [...values, ...(name === 'backends' ? [] : [undefined])])
        checkOptions({ backends: '/crm', [name]: value });
    });
  }

  const wrong: Readonly<Record<string, readonly unknown[]>> = {
    backends: [null, 7, {}, [], ['/crm'], { crm: 7 }, 'http://['],
    getToken: [secret, { token: secret }, null],
    scope: ['deals:read', [7]],
    prefix: ['', 'CRM', 'my-crm', '7', 'a b'],
    identity: [7, null, {}],
    tenant: [7],
    cache: ['auto', null, {}, { mode: 'forever' }],
    locale: ['no language', 7],
    timeZone: ['Rome', 7],
    currency: ['euro', '€', 7],
    registry: [{}, 'page'],
    modules: ['contacts'],
    messages: ['it'],
    appearance: ['dark'],
    links: ['/contacts'],
    fetch: ['fetch'],
    onError: [true],
    onMetric: [true],
    assetBase: ['/elements'],
    getTokens: [async () => null],
  };
  for (const [name, values] of Object.entries(wrong)) {
    it(`are refused with a sentence that names a wrong \`${name}\` and not its value`, () => {
      for (const value of values)
        assert.throws(
          () => checkOptions({ backends: '/crm', [name]: value }),
          (error) =>
            isCrmError(error, 'config') &&
            error.message.includes(`\`${name}\``) &&
            error.facts['option'] === name &&
            !JSON.stringify([error.message, error.facts]).includes(secret),
          `${name}: ${String(value)}`,
        );
    });
  }

  it('have to be there, with a backend', () => {
    for (const options of [undefined, null, 'https://crm.example', {}])
      assert.throws(
        () => checkOptions(options as never),
        (error) => isCrmError(error, 'config'),
      );
  });

  it('can be changed one by one, but not those that an instance is', () => {
    checkOptions({ locale: 'it' }, true);
    for (const name of ['prefix', 'registry', 'identity', 'tenant'])
      assert.throws(() => checkOptions({ [name]: right[name]![0] }, true), /cannot be changed/);
  });
});
