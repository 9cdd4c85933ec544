// The limit that our server is held against: bare node:http, one prepared statement, the same tables, no isolation.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10, options: '-c search_path=tessera' });
const { rows: tenants } = await pool.query<{ id: string }>('select tenant_id as id from m_contacts limit 1');
const tenant = tenants[0]!.id;
await pool.query('analyze m_contacts');
const { rows: columns } = await pool.query<{ name: string }>(
  `select column_name as name from information_schema.columns where table_schema = current_schema()
   and table_name = 'm_contacts' and column_name not in ('tenant_id', 'search_key') and column_name not like '%\\_\\_key'`,
);
const list = columns.map(({ name }) => `"${name}"`).join();

const body = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text) as Record<string, unknown>;
};

const get = (id: string) =>
  pool.query({
    name: 'get',
    text: `select ${list} from m_contacts where tenant_id = $1 and id = $2`,
    values: [tenant, id],
  });

const page = (lifecycle: string) =>
  pool.query({
    name: 'list',
    text: `select ${list} from m_contacts where tenant_id = $1 and lifecycle = $2 and deleted_at is null and archived_at is null
      order by name__key, id limit 51`,
    values: [tenant, lifecycle],
  });

const create = ({ name, jobTitle, lifecycle, emails, phones, department }: Record<string, unknown>) => {
  const text = (value: unknown): string => JSON.stringify(value ?? null);
  const key = `${String((name as { last: string }).last)} ${String((name as { first: string }).first)}`.toLowerCase();
  return pool.query({
    name: 'create',
    text: `insert into m_contacts (tenant_id, id, version, name, name__key, job_title, job_title__key, lifecycle, emails, emails__key,
      phones, phones__key, department, department__key, created_at, updated_at, search_key)
      values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, now(), now(), $4) returning ${list}`,
    values: [
      tenant,
      randomUUID(),
      text(name),
      key,
      jobTitle,
      jobTitle,
      lifecycle,
      text(emails),
      text(emails),
      text(phones),
      text(phones),
      department,
      department,
    ],
  });
};

const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const id = url.pathname.slice('/v1/contacts/'.length);
  const isList = request.method === 'GET' && !id;
  const { rows } =
    request.method === 'POST' ? await create(await body(request)) : id ? await get(id) : await page('customer');
  response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(isList ? { records: rows.slice(0, 50), next: rows.length > 50 } : rows[0]));
};

createServer((request, response) => void answer(request, response)).listen(
  Number(process.env['PORT']),
  '127.0.0.1',
  () => console.log('ready'),
);
