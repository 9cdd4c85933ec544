import type { Fetch } from '@tessera-crm/client/transport.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Push } from '@tessera-crm/model/protocol/sync/messages.js';

/** Comes between a device and the network. */
export type Tamper = (fetch: Fetch, device: string) => Fetch;

type Answer = Awaited<ReturnType<Fetch>>;

/** Does something else than to push what is pushed. */
const pushes =
  (tamper: (push: Push, send: (push: Push) => Promise<Answer>) => Promise<Answer>): Tamper =>
  (fetch) =>
  async (url, init) => {
    if (!url.endsWith('/v1/sync/push')) return fetch(url, init);
    const send = (push: Push): Promise<Answer> => fetch(url, { ...init, body: plainJson(push) });
    return tamper(JSON.parse(init.body as string) as Push, send);
  };

const names = (function* () {
  for (let n = 1; ; n++) yield String(n).padStart(32, '0');
})();

/** What was carried out is sent again, as if by somebody else. */
const doubled = pushes(async (push, send) => {
  const answer = await send(push);
  const mutations = push.mutations.map((one, place) => ({ ...one, mid: place + 1 }));
  await send({ client: names.next().value!, heard: 0, mutations });
  return answer;
});

/** What is acknowledged was never carried out: only its number was. */
const dropped = pushes((push, send) =>
  send({ ...push, mutations: push.mutations.map((one) => (one.mid % 4 === 0 ? { ...one, changes: [] } : one)) }),
);

/** What was done first comes last. */
const swapped = pushes(async (push, send) => {
  // somewhat later, so that there is more than one thing to send
  await new Promise((resolve) => setTimeout(resolve, 400));
  const changes = push.mutations.map((one) => one.changes).toReversed();
  return send({ ...push, mutations: push.mutations.map(({ mid }, place) => ({ mid, changes: changes[place]! })) });
});

/** Of what the feed tells, every third change is left out. */
const unheard: Tamper = (fetch) => async (url, init) => {
  const answer = await fetch(url, init);
  if (!url.includes('/v1/sync/feed') || !answer.body) return answer;
  const { ok, status, headers } = answer;
  let [rest, count] = ['', 0];
  const thinned = new TransformStream<string, string>({
    transform: (text, controller) => {
      const events = (rest + text).split('\n\n');
      rest = events.pop()!;
      for (const event of events)
        if (!event.includes('event: change') || ++count % 3 > 0) controller.enqueue(`${event}\n\n`);
    },
  });
  const body = answer.body
    .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .pipeThrough(thinned)
    .pipeThrough(new TextEncoderStream());
  return { ok, status, headers, body, text: async () => '' };
};

/** A customer's questions are answered as if a colleague had asked. */
const mistaken = (): Tamper => {
  let token: string | undefined;
  return (fetch, device) => async (url, init) => {
    const headers = init.headers as Readonly<Record<string, string>>;
    if (device === 'anna-1') token = headers['authorization'];
    const isMistaken = device === 'customer' && url.endsWith('/v1/sync/query') && token !== undefined;
    return fetch(url, isMistaken ? { ...init, headers: { ...headers, authorization: token! } } : init);
  };
};

/** What goes wrong, and by which words it is noticed. */
export const sabotages: readonly (readonly [what: string, tamper: Tamper, noticed: RegExp])[] = [
  ['what was carried out is sent again under another name', doubled, /wrote k\d+q 2 times/],
  ['what was acknowledged is not carried out', dropped, /is lost/],
  ['what was done first is carried out last', swapped, /the server before it/],
  ['the feed leaves something out', unheard, /holds|still to fetch|instead of|is .*, not/],
  ['a customer is answered as if a colleague had asked', mistaken(), /customer was told/],
];
