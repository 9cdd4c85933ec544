// A full disk: whatever is written is refused, and its transaction ends.
const full = () => new DOMException('The quota has been exceeded.', 'QuotaExceededError');
for (const name of ['put', 'add']) {
  const { [name]: write } = IDBObjectStore.prototype;
  IDBObjectStore.prototype[name] = function (...facts) {
    const request = write.apply(this, facts);
    const { transaction } = this;
    Object.defineProperty(transaction, 'error', { get: full });
    Object.defineProperty(request, 'error', { get: full });
    transaction.abort();
    return request;
  };
}
Storage.prototype.setItem = () => {
  throw full();
};
