// A full disk: whatever is written is refused, and its transaction ends soon after.
const full = () => new DOMException('The quota has been exceeded.', 'QuotaExceededError');
const ended = new WeakSet();
const end = (transaction) => {
  if (ended.has(transaction)) return;
  ended.add(transaction);
  Object.defineProperty(transaction, 'error', { get: full });
  queueMicrotask(() => transaction.abort());
};
for (const name of ['put', 'add']) {
  const { [name]: write } = IDBObjectStore.prototype;
  IDBObjectStore.prototype[name] = function (...facts) {
    const request = write.apply(this, facts);
    Object.defineProperty(request, 'error', { get: full });
    end(this.transaction);
    return request;
  };
}
Storage.prototype.setItem = () => {
  throw full();
};
