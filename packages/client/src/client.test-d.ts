/* What the compiler accepts and refuses; never run. */
import type { IdOf } from '@tessera-crm/model/records.js';
import type { Client } from './client.ts';

declare const client: Client;
declare const account: IdOf<'accounts'>;
declare const deal: IdOf<'deals'>;

export const accepted = async (): Promise<unknown> => {
  const page = await client.deals.list({ where: { name: { contains: 'x' } }, sort: ['-name'], include: ['account'] });
  const name: string = page.records[0]!.name;
  const accountName: string | undefined = page.included?.accounts[account]?.name;
  const loose = await client.module('customThings' as string).list({ where: { anything: { is: 1 } } });
  const unknownValue: unknown = loose.records[0]?.['anything'];
  for await (const one of client.accounts.each({ where: { industry: 'it' } })) one.employees satisfies number | null;
  await client.accounts.update(account, { employees: null });
  return [name, accountName, unknownValue];
};

export const refused = async (): Promise<void> => {
  // @ts-expect-error There is no such field.
  await client.accounts.list({ where: { nope: 1 } });
  // @ts-expect-error A number has no `contains`.
  await client.accounts.list({ where: { employees: { contains: 'x' } } });
  // @ts-expect-error Not an industry.
  await client.accounts.list({ where: { industry: 'nonsense' } });
  // @ts-expect-error Not a link.
  await client.deals.list({ include: ['name'] });
  // @ts-expect-error Not a field to sort by.
  await client.deals.list({ sort: ['-nope'] });
  // @ts-expect-error A deal's id is not an account's.
  await client.accounts.get(deal);
  // @ts-expect-error The name is required.
  await client.deals.create({ account });
  // @ts-expect-error Nobody types in when a record was made.
  await client.accounts.update(account, { createdAt: '2026-01-01T00:00:00Z' });
  const page = await client.deals.list({ include: ['account'] });
  // @ts-expect-error Contacts were not asked for.
  void page.included?.contacts;
  // @ts-expect-error There is no such field.
  void page.records[0]!.nope;
};
