// A full disk: whatever is written is refused.
const full = () => new DOMException('The quota has been exceeded.', 'QuotaExceededError');
for (const name of ['put', 'add'])
  IDBObjectStore.prototype[name] = function () {
    const request = this.get('nothing is here');
    queueMicrotask(() => this.transaction.abort());
    Object.defineProperty(request, 'error', { get: full });
    return request;
  };
for (const name of ['put', 'add', 'clear']) void name;
Storage.prototype.setItem = () => {
  throw full();
};
