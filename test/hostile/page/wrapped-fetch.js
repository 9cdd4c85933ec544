// A monitoring script: takes texts only, and answers with something that only looks like a Response.
const { fetch: theirs } = globalThis;
globalThis.fetch = async (address, options) => {
  if (typeof address !== 'string') throw new TypeError('address.startsWith is not a function');
  const answer = await theirs(address, options);
  const { ok, status, body } = answer;
  return {
    ok,
    status,
    body,
    headers: { get: (name) => answer.headers.get(name) },
    text: () => answer.text(),
    json: () => answer.json(),
  };
};
