drop index "m_users_role_idx";

create index "m_users_role_id_idx" on "m_users" ("tenant_id", "role", "id");

create table "m_roles" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "name" text collate "C",
  "name__key" text collate "C",
  "parent" uuid,
  "profiles" jsonb,
  "profiles__key" text collate "C",
  "can_view_subordinates" boolean,
  "peers_visible" boolean,
  "owner" text collate "C",
  "collaborators" jsonb,
  "collaborators__key" text collate "C",
  "followers" jsonb,
  "followers__key" text collate "C",
  "tags" jsonb,
  "tags__key" text collate "C",
  "source" text collate "C",
  "source_ref" text collate "C",
  "source_ref__key" text collate "C",
  "external_ids" jsonb,
  "custom" jsonb,
  "created_at" timestamptz(3),
  "created_by" text collate "C",
  "updated_at" timestamptz(3),
  "updated_by" text collate "C",
  "archived_at" timestamptz(3),
  "deleted_at" timestamptz(3),
  "deleted_by" text collate "C",
  "deletion_batch" text collate "C",
  "deletion_batch__key" text collate "C",
  "last_activity_at" timestamptz(3),
  "next_activity_at" timestamptz(3),
  primary key ("tenant_id", "id")
);
create unique index "m_roles_name__key_key" on "m_roles" ("tenant_id", "name__key") where deleted_at is null;
create index "m_roles_parent_id_idx" on "m_roles" ("tenant_id", "parent", "id");
create index "m_roles_owner_id_idx" on "m_roles" ("tenant_id", "owner", "id");
create index "m_roles_created_at_id_idx" on "m_roles" ("tenant_id", "created_at", "id");
create index "m_roles_updated_at_id_idx" on "m_roles" ("tenant_id", "updated_at", "id");
create index "m_roles_name__key_id_idx" on "m_roles" ("tenant_id", "name__key", "id");
create index "m_roles_deletion_batch__key_idx" on "m_roles" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_roles" enable row level security;
create policy tenant on "m_roles" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_roles" as
  select "tenant_id", "id", "version", "search_key", "name", "name__key", "parent", "profiles", "profiles__key", "can_view_subordinates", "peers_visible", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_roles" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_roles" to tessera_app;

create table "m_profiles" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "name" text collate "C",
  "name__key" text collate "C",
  "description" text collate "C",
  "description__key" text collate "C",
  "other_modules" jsonb,
  "other_modules__key" text collate "C",
  "modules" jsonb,
  "fields" jsonb,
  "owner" text collate "C",
  "collaborators" jsonb,
  "collaborators__key" text collate "C",
  "followers" jsonb,
  "followers__key" text collate "C",
  "tags" jsonb,
  "tags__key" text collate "C",
  "source" text collate "C",
  "source_ref" text collate "C",
  "source_ref__key" text collate "C",
  "external_ids" jsonb,
  "custom" jsonb,
  "created_at" timestamptz(3),
  "created_by" text collate "C",
  "updated_at" timestamptz(3),
  "updated_by" text collate "C",
  "archived_at" timestamptz(3),
  "deleted_at" timestamptz(3),
  "deleted_by" text collate "C",
  "deletion_batch" text collate "C",
  "deletion_batch__key" text collate "C",
  "last_activity_at" timestamptz(3),
  "next_activity_at" timestamptz(3),
  primary key ("tenant_id", "id")
);
create unique index "m_profiles_name__key_key" on "m_profiles" ("tenant_id", "name__key") where deleted_at is null;
create index "m_profiles_owner_id_idx" on "m_profiles" ("tenant_id", "owner", "id");
create index "m_profiles_created_at_id_idx" on "m_profiles" ("tenant_id", "created_at", "id");
create index "m_profiles_updated_at_id_idx" on "m_profiles" ("tenant_id", "updated_at", "id");
create index "m_profiles_name__key_id_idx" on "m_profiles" ("tenant_id", "name__key", "id");
create index "m_profiles_deletion_batch__key_idx" on "m_profiles" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_profiles" enable row level security;
create policy tenant on "m_profiles" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_profiles" as
  select "tenant_id", "id", "version", "search_key", "name", "name__key", "description", "description__key", "other_modules", "other_modules__key", "modules", "fields", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_profiles" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_profiles" to tessera_app;

create table "m_sharing_rules" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "module" text collate "C",
  "module__key" text collate "C",
  "default" text collate "C",
  "rules" jsonb,
  "owner" text collate "C",
  "collaborators" jsonb,
  "collaborators__key" text collate "C",
  "followers" jsonb,
  "followers__key" text collate "C",
  "tags" jsonb,
  "tags__key" text collate "C",
  "source" text collate "C",
  "source_ref" text collate "C",
  "source_ref__key" text collate "C",
  "external_ids" jsonb,
  "custom" jsonb,
  "created_at" timestamptz(3),
  "created_by" text collate "C",
  "updated_at" timestamptz(3),
  "updated_by" text collate "C",
  "archived_at" timestamptz(3),
  "deleted_at" timestamptz(3),
  "deleted_by" text collate "C",
  "deletion_batch" text collate "C",
  "deletion_batch__key" text collate "C",
  "last_activity_at" timestamptz(3),
  "next_activity_at" timestamptz(3),
  primary key ("tenant_id", "id")
);
create unique index "m_sharing_rules_module__key_key" on "m_sharing_rules" ("tenant_id", "module__key") where deleted_at is null;
create index "m_sharing_rules_owner_id_idx" on "m_sharing_rules" ("tenant_id", "owner", "id");
create index "m_sharing_rules_created_at_id_idx" on "m_sharing_rules" ("tenant_id", "created_at", "id");
create index "m_sharing_rules_updated_at_id_idx" on "m_sharing_rules" ("tenant_id", "updated_at", "id");
create index "m_sharing_rules_module__key_id_idx" on "m_sharing_rules" ("tenant_id", "module__key", "id");
create index "m_sharing_rules_deletion_batch__key_idx" on "m_sharing_rules" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_sharing_rules" enable row level security;
create policy tenant on "m_sharing_rules" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_sharing_rules" as
  select "tenant_id", "id", "version", "search_key", "module", "module__key", "default", "rules", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_sharing_rules" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_sharing_rules" to tessera_app;
