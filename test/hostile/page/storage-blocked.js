// What a frame of somebody else's meets where its storage is refused: as Chromium does it, and one thing of Firefox's.
const refused = (name) => () => {
  throw new DOMException(`Access to ${name} is denied.`, 'SecurityError');
};
for (const name of ['indexedDB', 'localStorage', 'sessionStorage', 'caches'])
  Object.defineProperty(globalThis, name, { get: refused(name), configurable: true });
Object.defineProperty(Navigator.prototype, 'locks', {
  value: { request: async () => refused('locks')(), query: async () => refused('locks')() },
});
globalThis.BroadcastChannel = class {
  constructor() {
    refused('BroadcastChannel')();
  }
};
