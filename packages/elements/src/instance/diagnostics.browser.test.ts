import { MemoryServer } from '@tessera-crm/client/testing/memory-server.js';
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { createCrm, type Crm } from '../crm.ts';
import { lateServer } from '../test-support/late-server.ts';
import { peopleStore } from '../test-support/people.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { FindingCode } from './finding.ts';
import type { CrmOptions, Fetch } from './options.ts';

const good = async () => ({ token: 'st_secret', expiresIn: 600 });

const answer =
  (body: string, init: ResponseInit): Fetch =>
  () =>
    Promise.resolve(new Response(body, init));

const json = (body: object, status: number): Fetch =>
  answer(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

describe('a diagnosis', function () {
  this.timeout(30_000);

  let crm: Crm;
  afterEach(() => crm.destroy());

  const diagnose = async (options: Partial<CrmOptions> = {}): Promise<Diagnostics> => {
    crm = createCrm({
      backends: 'https://crm.example.org',
      prefix: 'dia',
      getToken: good,
      cache: { mode: 'off' },
      ...options,
    });
    return crm.diagnostics();
  };

  /** Without that nothing is kept, which these instances want. */
  const codes = ({ findings }: Diagnostics): readonly FindingCode[] =>
    findings.flatMap(({ code }) => (code === 'storage-off' ? [] : [code]));

  it('finds nothing where all is well, and says what is where', async () => {
    const found = await diagnose({ fetch: lateServer(new MemoryServer()).fetch });
    // The memory server's clock stands still
    expect(codes(found).filter((code) => code !== 'clock-skew')).to.deep.equal([]);
    expect(found).to.include({ prefix: 'dia', isOnline: true, isSecureContext: true });
    expect(found.version).to.match(/^\d+\.\d+\.\d+/);
    expect(found.instances.map(({ prefix }) => prefix)).to.include('dia');
    expect(found.backends[0]).to.include({ name: 'main', url: 'https://crm.example.org', isReached: true });
    expect(JSON.stringify(found)).not.to.contain('st_secret');
  });

  const answers: readonly { title: string; options: Partial<CrmOptions>; code: FindingCode; says: RegExp }[] = [
    {
      title: 'a server of somebody else',
      options: { fetch: answer('<html>', { status: 404, headers: { 'content-type': 'text/html' } }) },
      code: 'wrong-address',
      says: /no Tessera server: status 404, text\/html/,
    },
    {
      title: 'a gateway without a server behind it',
      options: { fetch: answer('<html>', { status: 502 }) },
      code: 'server-error',
      says: /status 502/,
    },
    {
      title: 'a server that stumbles',
      options: { fetch: json({ code: 'internal', title: 'Oops', requestId: 'r-17' }, 500) },
      code: 'server-error',
      says: /internal, Oops, r-17/,
    },
    {
      title: 'a server that refuses',
      options: { fetch: json({ code: 'forbidden', title: 'This key has no right to that' }, 403) },
      code: 'server-refuses',
      says: /no right to that/,
    },
    {
      title: 'a token that the server does not take',
      options: { fetch: json({ code: 'token-rejected', title: 'It ended' }, 401) },
      code: 'token-rejected',
      says: /It ended/,
    },
    {
      title: 'a page that says nobody is signed in',
      options: { fetch: json({ code: 'auth-required' }, 401), getToken: async () => null },
      code: 'token-nobody',
      says: /nobody is signed in/,
    },
    {
      title: 'a page whose token address answers HTML',
      options: {
        fetch: json({ code: 'auth-required' }, 401),
        getToken: async () => JSON.parse('<html>') as never,
      },
      code: 'token-failed',
      says: /SyntaxError/,
    },
  ];
  for (const { title, options, code, says } of answers) {
    it(`names ${title}`, async () => {
      const found = await diagnose(options);
      expect(codes(found)).to.deep.equal([code]);
      const [finding] = found.findings;
      expect(finding?.severity).to.equal('problem');
      expect(`${finding?.message} ${finding?.hint}`).to.match(says).and.not.match(/[{}]/);
    });
  }

  it('names a page that has no way to tokens', async () => {
    crm = createCrm({
      backends: 'https://crm.example.org',
      prefix: 'dia',
      fetch: json({ code: 'auth-required' }, 401),
    });
    expect(codes(await crm.diagnostics())).to.include('token-missing');
  });

  it('tells a server that is down from one that does not let this page read its answers', async () => {
    // The same test server by another name is another origin, and says nothing of origins
    const { port } = location;
    const other = location.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
    const found = await diagnose({ backends: { cors: `http://${other}:${port}`, down: 'http://127.0.0.1:9' } });
    expect(codes(found)).to.deep.equal(['cors-blocked', 'server-down']);
    expect(found.findings[0]?.message).to.include(location.origin);
    expect(found.backends.map(({ isReached }) => isReached)).to.deep.equal([false, false]);
  });

  it('says by how much the clocks differ', async () => {
    const now = new Date(Date.now() + 3 * 3_600_000).toISOString();
    const found = await diagnose({ fetch: json({ protocol: 1, now, modules: [] }, 200) });
    expect(codes(found)).to.deep.equal(['clock-skew']);
    expect(found.findings[0]?.message).to.include('180 minutes slower');
    expect(found.backends[0]?.clockSkew).to.be.within(10_790, 10_810);
    const close = new Date(Date.now() + 20_000).toISOString();
    await crm.destroy();
    expect(codes(await diagnose({ fetch: json({ protocol: 1, now: close, modules: [] }, 200) }))).to.deep.equal([]);
  });

  it('says where things are kept, and why it is no better place', async () => {
    const { fetch } = lateServer(new MemoryServer());
    const kept = async (options: Partial<CrmOptions>): Promise<readonly unknown[]> => {
      const { findings, backends } = await diagnose({ fetch, ...options });
      await crm.destroy();
      return [backends[0]?.storage, ...findings.flatMap(({ code }) => (code.startsWith('storage') ? [code] : []))];
    };
    expect(await kept({ cache: { mode: 'off' } })).to.deep.equal(['none', 'storage-off']);
    expect(await kept({ cache: { mode: 'auto' } })).to.deep.equal(['none', 'storage-without-identity']);
    expect(await kept({ cache: { mode: 'memory' } })).to.deep.equal(['unused', 'storage-in-memory']);
    expect(await kept({ cache: { mode: 'auto' }, identity: 'dia' })).to.deep.equal(['unused']);
    expect(await kept({ backends: peopleStore() })).to.deep.equal(['store']);
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = () => {
      throw new DOMException('Blocked', 'SecurityError');
    };
    try {
      expect(await kept({ cache: { mode: 'auto' }, identity: 'dia' })).to.deep.equal(['unused', 'storage-refused']);
    } finally {
      IDBFactory.prototype.open = open;
    }
  });

  it('names tags without code, unknown ones, those of others, and those that the page does not show', async () => {
    customElements.define('tag-provider', class extends HTMLElement {});
    await fixture(html`
      <div>
        <tag-contact-card></tag-contact-card><tag-provider></tag-provider><tag-contact-crad></tag-contact-crad>
        <div hidden><tag-ticket-form></tag-ticket-form></div>
      </div>
    `);
    crm = createCrm({ backends: peopleStore(), prefix: 'tag' });
    const { findings, elements } = await crm.diagnostics();
    expect(findings.map(({ code, subject }) => `${code} ${subject}`)).to.have.members([
      'tag-without-code tag-contact-card',
      'tag-conflict tag-provider',
      'tag-unknown tag-contact-crad',
      'tag-without-code tag-ticket-form',
      'tag-not-rendered tag-ticket-form',
    ]);
    expect(elements).to.deep.include({ tag: 'tag-ticket-form', isDefined: false, isRendered: false });
  });

  it('names other versions and copies of this library on the page', async () => {
    const all = Reflect.get(globalThis, Symbol.for('tessera.instances')) as Set<object> | undefined;
    expect(all).to.equal(undefined);
    crm = createCrm({ backends: peopleStore(), prefix: 'dia' });
    expect(codes(await crm.diagnostics())).to.deep.equal([]);
    const page = Reflect.get(globalThis, Symbol.for('tessera.instances')) as Set<object>;
    const { url, version } = [...page][0] as { url: string; version: string };
    const copy = { version, prefix: 'copy', url: `${url}?copy` };
    page.add(copy);
    expect(codes(await crm.diagnostics())).to.deep.equal(['several-copies']);
    const other = { version: '9.0.0', prefix: 'nine', url: 'https://cdn.example/nine.js' };
    page.add(other);
    const found = await crm.diagnostics();
    expect(codes(found)).to.deep.equal(['several-versions']);
    expect(found.findings[0]?.message).to.include('9.0.0');
    const sharer = { ...other, prefix: 'dia' };
    page.add(sharer);
    const { findings } = await crm.diagnostics();
    expect(findings.map(({ code, severity }) => `${severity} ${code}`)).to.deep.equal(['problem prefix-shared']);
    for (const one of [copy, other, sharer]) page.delete(one);
    await crm.destroy();
    expect(Reflect.has(globalThis, Symbol.for('tessera.instances'))).to.equal(false);
  });

  describe('on a page with a policy', () => {
    /** A page of its own under the policy, which sets itself up and is diagnosed. */
    const under = async (policy: string, provoke: boolean): Promise<Diagnostics> => {
      const frame = document.createElement('iframe');
      const crmModule = new URL('../crm.ts', import.meta.url).href;
      frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}">
        <base href="${location.origin}/">
        <script type="module" nonce="n">
          import { createCrm } from '${crmModule}';
          const crm = createCrm({
            backends: '${location.origin}/elsewhere', identity: 'dia', prefix: 'dia',
            getToken: async () => ({ token: 't', expiresIn: 600 }),
          });
          await crm.define('contact-card');
          await crm.preload('contact-card');
          await crm.store.list('contacts').catch(() => {});
          parent.postMessage(JSON.stringify(await crm.diagnostics({ provoke: ${provoke} })), '*');
          await crm.destroy();
        </script>`;
      const told = new Promise<string>((resolve) => {
        const hear = ({ source, data }: MessageEvent<string>): void => {
          if (source !== frame.contentWindow) return;
          removeEventListener('message', hear);
          resolve(data);
        };
        addEventListener('message', hear);
      });
      document.body.append(frame);
      const found = JSON.parse(await told) as Diagnostics;
      frame.remove();
      return found;
    };

    beforeEach(() => {
      crm = createCrm({ backends: peopleStore(), prefix: 'dia' });
    });

    it('names the directive that forbids the backend', async () => {
      const found = await under("script-src 'self' 'nonce-n'; connect-src 'none'", false);
      const named = found.findings.filter(({ severity }) => severity === 'problem');
      expect(named.map(({ code }) => code)).to.deep.equal(['csp-blocks-backend']);
      expect(named[0]?.hint).to.include('connect-src');
      expect(found.violations[0]).to.include({ directive: 'connect-src', isReportOnly: false });
    });

    it('says that Trusted Types are in force and that they forbid the policy of the templates', async () => {
      const found = await under(
        "script-src 'self' 'nonce-n'; require-trusted-types-for 'script'; trusted-types 'none'",
        false,
      );
      expect(found.trustedTypes).to.equal('enforced');
      expect(found.findings.map(({ code }) => code)).to.include('trusted-types-blocked');
    });

    it('says that Trusted Types are not in force only after it has tried', async () => {
      const policy = "script-src 'self' 'nonce-n'";
      expect((await under(policy, false)).trustedTypes).to.equal('unknown');
      expect((await under(policy, true)).trustedTypes).to.equal('not-enforced');
    });

    it('keeps silent about what the page forbids to others', async () => {
      const event = new SecurityPolicyViolationEvent('securitypolicyviolation', {
        documentURI: location.href,
        blockedURI: 'https://ads.example/pixel.gif?id=17',
        violatedDirective: 'img-src',
        effectiveDirective: 'img-src',
        originalPolicy: '',
        disposition: 'enforce',
        statusCode: 200,
        bubbles: true,
      });
      document.dispatchEvent(event);
      await waitUntil(() => true);
      const { violations, findings } = await crm.diagnostics();
      expect([violations, findings]).to.deep.equal([[], []]);
    });
  });
});
