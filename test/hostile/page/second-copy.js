// A second bundle that comes to the page when the first one is at work.
addEventListener(
  'crm-ready',
  () => {
    const script = document.createElement('script');
    script.type = 'module';
    Object.assign(script.dataset, { backend: '', tokenUrl: '/hostile/token', prefix: 'acme' });
    script.src = '/hostile/copy/elements/auto.js';
    document.head.append(script);
  },
  { once: true },
);
