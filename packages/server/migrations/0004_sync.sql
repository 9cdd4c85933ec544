create table "horizons" (
  "tenant_id" uuid not null,
  "seq" bigint not null,
  primary key ("tenant_id")
);
alter table "horizons" enable row level security;
create policy tenant on "horizons" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create policy administration on "horizons" to tessera_admin using (true) with check (true);
create or replace view "v_horizons" as
  select "tenant_id", "seq"
  from "horizons" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select on "v_horizons" to tessera_app;
grant select, insert, update on "horizons" to tessera_admin;

create table "rights" (
  "tenant_id" uuid not null,
  "principal" text collate "C" not null,
  "seq" bigint not null,
  primary key ("tenant_id", "principal")
);
create index "rights_seq_idx" on "rights" ("tenant_id", "seq");
alter table "rights" enable row level security;
create policy tenant on "rights" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_rights" as
  select "tenant_id", "principal", "seq"
  from "rights" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update on "v_rights" to tessera_app;

create table "clients" (
  "tenant_id" uuid not null,
  "client_id" text collate "C" not null,
  "principal" text collate "C" not null,
  "last_mid" bigint not null,
  "seen_at" timestamptz(3) not null,
  primary key ("tenant_id", "client_id")
) with (fillfactor = 50);
alter table "clients" enable row level security;
create policy tenant on "clients" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create policy administration on "clients" to tessera_admin using (true) with check (true);
create or replace view "v_clients" as
  select "tenant_id", "client_id", "principal", "last_mid", "seen_at"
  from "clients" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_clients" to tessera_app;
grant select, delete on "clients" to tessera_admin;

create table "outcomes" (
  "tenant_id" uuid not null,
  "client_id" text collate "C" not null,
  "mid" bigint not null,
  "body" jsonb not null,
  primary key ("tenant_id", "client_id", "mid")
);
alter table "outcomes" enable row level security;
create policy tenant on "outcomes" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create policy administration on "outcomes" to tessera_admin using (true) with check (true);
create or replace view "v_outcomes" as
  select "tenant_id", "client_id", "mid", "body"
  from "outcomes" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_outcomes" to tessera_app;
grant select, delete on "outcomes" to tessera_admin;

create table "jobs" (
  "tenant_id" uuid not null,
  "name" text collate "C" not null,
  "due_at" timestamptz(3) not null,
  primary key ("tenant_id", "name")
);
alter table "jobs" enable row level security;
create policy tenant on "jobs" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create policy administration on "jobs" to tessera_admin using (true) with check (true);
create or replace view "v_jobs" as
  select "tenant_id", "name", "due_at"
  from "jobs" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select on "v_jobs" to tessera_app;
grant select, insert, update, delete on "jobs" to tessera_admin;
