// The server side of the shop: it knows who is signed in, holds the secret key, and asks for tokens with it.
// `npm start` mounts it below /examples/shop/api/.
import { randomUUID } from 'node:crypto';

export interface ShopOptions {
  /** Where the CRM is, such as https://crm.example. */
  readonly crm: string;
  /** The secret key. It never leaves this file. */
  readonly key: string;
}

interface Customer {
  readonly name: string;
  readonly email: string;
}

/** The shop's own customers, by the name they sign in with. A real shop has a table of them, and passwords. */
const customers: Readonly<Record<string, Customer>> = {
  giulia: { name: 'Giulia Rossi', email: 'giulia.rossi@example.it' },
  marco: { name: 'Marco Bianchi', email: 'marco.bianchi@example.it' },
};

const sessions = new Map<string, string>();

const cookieOf = (request: Request): string | undefined =>
  /(?:^|; )shop=([\w-]+)/.exec(request.headers.get('cookie') ?? '')?.[1];

const cookie = (value: string): { readonly headers: HeadersInit } => ({
  headers: { 'set-cookie': `shop=${value}; Path=/examples/shop/; HttpOnly; SameSite=Strict` },
});

const signIn = async (request: Request): Promise<Response> => {
  const { customer } = (await request.json()) as { readonly customer?: unknown };
  if (typeof customer !== 'string' || !Object.hasOwn(customers, customer)) return new Response(null, { status: 400 });
  const session = randomUUID();
  sessions.set(session, customer);
  return Response.json({ id: customer, name: customers[customer]!.name }, cookie(session));
};

/** A token for the customer of this session and nobody else. Who was never in the CRM before is put there first. */
const mintToken = async ({ name, email }: Customer, { crm, key }: ShopOptions): Promise<Response> => {
  const ask = async (path: string, body: unknown): Promise<Response> =>
    fetch(`${crm}/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const wanted = { subject: { module: 'contacts', email } };
  const [first, last] = name.split(' ');
  const known = await ask('sessions', wanted);
  if (known.status === 404) await ask('contacts', { name: { first, last }, emails: [{ value: email }] });
  const answer = known.status === 404 ? await ask('sessions', wanted) : known;
  return answer.ok ? Response.json(await answer.json()) : new Response(null, { status: 502 });
};

/** Answers what comes to `/session` (POST signs in, GET says who one is, DELETE signs out) and to `/crm-token`. */
export const createBackend =
  (options: ShopOptions) =>
  async (request: Request): Promise<Response> => {
    const session = cookieOf(request);
    const customer = sessions.get(session ?? '');
    const name = `${request.method} ${new URL(request.url).pathname.split('/').at(-1)}`;
    if (name === 'POST session') return signIn(request);
    if (name === 'GET session')
      return Response.json(customer ? { id: customer, name: customers[customer]!.name } : null);
    if (name === 'DELETE session') return (sessions.delete(session ?? ''), Response.json(null, cookie('')));
    if (name !== 'POST crm-token') return new Response(null, { status: 404 });
    return customer ? mintToken(customers[customer]!, options) : new Response(null, { status: 401 });
  };
