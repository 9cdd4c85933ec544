// The server side of the shop: it knows who is signed in, holds the secret key, and asks for tokens with it.
// `npm start` mounts it below /examples/shop/api/.
import { randomUUID } from 'node:crypto';

export interface ShopOptions {
  /** Where the CRM is, such as https://crm.example. */
  readonly crm: string;
  /** The secret key. It never leaves this file. */
  readonly key: string;
}

/** The shop's own customers, by the name they sign in with. A real shop has a table of them, and passwords. */
const customers = new Map([
  ['giulia', { name: 'Giulia Rossi', email: 'giulia.rossi@example.it' }],
  ['marco', { name: 'Marco Bianchi', email: 'marco.bianchi@example.it' }],
]);

const sessions = new Map<string, string>();

const cookieOf = (request: Request): string =>
  /(?:^|; )shop=([\w-]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '';

const reply = (body: unknown, cookie: string): Response =>
  Response.json(body, { headers: { 'set-cookie': `shop=${cookie}; Path=/examples/shop/; HttpOnly; SameSite=Strict` } });

const signIn = async (request: Request): Promise<Response> => {
  const { customer: id } = (await request.json()) as { readonly customer: string };
  const customer = customers.get(id);
  if (!customer) return new Response(null, { status: 400 });
  const session = randomUUID();
  sessions.set(session, id);
  return reply({ id, name: customer.name }, session);
};

/** A token for one contact of the CRM and nobody else. Whose it is, the shop's own session says, never the page. */
const mintToken = async (email: string, { crm, key }: ShopOptions): Promise<Response> => {
  const answer = await fetch(`${crm}/v1/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ subject: { module: 'contacts', email } }),
  });
  return answer.ok ? Response.json(await answer.json()) : new Response(null, { status: 502 });
};

/** Answers what comes to `/session` (POST signs in, GET says who one is, DELETE signs out) and to `/crm-token`. */
export const createBackend =
  (options: ShopOptions) =>
  async (request: Request): Promise<Response> => {
    const session = cookieOf(request);
    const id = sessions.get(session);
    const customer = customers.get(id ?? '');
    const name = `${request.method} ${new URL(request.url).pathname.split('/').at(-1)}`;
    if (name === 'POST session') return signIn(request);
    if (name === 'GET session') return Response.json(customer ? { id, name: customer.name } : null);
    if (name === 'DELETE session') return (sessions.delete(session), reply(null, ''));
    if (name !== 'POST crm-token') return new Response(null, { status: 404 });
    return customer ? mintToken(customer.email, options) : new Response(null, { status: 401 });
  };
