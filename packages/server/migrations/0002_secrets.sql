create table "secrets" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "hash" text not null,
  primary key ("tenant_id", "id")
);
alter table "secrets" enable row level security;
create policy tenant on "secrets" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_secrets" as
  select "tenant_id", "id", "hash"
  from "secrets" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, delete on "v_secrets" to tessera_app;
