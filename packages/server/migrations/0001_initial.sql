create table "tenants" (
  "id" uuid not null,
  "slug" text collate "C" not null,
  "name" text not null,
  "settings" jsonb not null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);
create unique index "tenants_slug_key" on "tenants" ("slug");
alter table "tenants" enable row level security;
create policy tenant on "tenants" to tessera_app using ("id" = current_setting('app.tenant')::uuid) with check ("id" = current_setting('app.tenant')::uuid);
create policy administration on "tenants" to tessera_admin using (true) with check (true);
create or replace view "v_tenants" as
  select "id", "slug", "name", "settings", "created_at"
  from "tenants" where "id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, update on "v_tenants" to tessera_app;
grant select, insert, update, delete on "tenants" to tessera_admin;

create table "tenant_clock" (
  "tenant_id" uuid not null,
  "seq" bigint not null,
  primary key ("tenant_id")
) with (fillfactor = 20);
alter table "tenant_clock" enable row level security;
create policy tenant on "tenant_clock" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create policy administration on "tenant_clock" to tessera_admin using (true) with check (true);
create or replace view "v_tenant_clock" as
  select "tenant_id", "seq"
  from "tenant_clock" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update on "v_tenant_clock" to tessera_app;
grant select on "tenant_clock" to tessera_admin;

create table "changes" (
  "tenant_id" uuid not null,
  "seq" bigint not null,
  "ordinal" integer not null,
  "at" timestamptz(3) not null,
  "actor" text collate "C",
  "module" text collate "C" not null,
  "record_id" uuid not null,
  "version" integer not null,
  "op" text collate "C" not null,
  "diff" jsonb not null,
  "source" text collate "C",
  "request_id" text collate "C",
  primary key ("tenant_id", "seq", "ordinal")
);
create index "changes_record_idx" on "changes" ("tenant_id", "module", "record_id", "version");
alter table "changes" enable row level security;
create policy tenant on "changes" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create policy administration on "changes" to tessera_admin using (true) with check (true);
create or replace view "v_changes" as
  select "tenant_id", "seq", "ordinal", "at", "actor", "module", "record_id", "version", "op", "diff", "source", "request_id"
  from "changes" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert on "v_changes" to tessera_app;
grant select, delete on "changes" to tessera_admin;

create table "number_series" (
  "tenant_id" uuid not null,
  "series" text collate "C" not null,
  "last" bigint not null,
  primary key ("tenant_id", "series")
);
alter table "number_series" enable row level security;
create policy tenant on "number_series" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_number_series" as
  select "tenant_id", "series", "last"
  from "number_series" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_number_series" to tessera_app;

create table "idempotency" (
  "tenant_id" uuid not null,
  "principal" text collate "C" not null,
  "key" text collate "C" not null,
  "request_hash" text collate "C" not null,
  "body" jsonb not null,
  "at" timestamptz(3) not null,
  primary key ("tenant_id", "principal", "key")
);
create index "idempotency_at_idx" on "idempotency" ("at");
alter table "idempotency" enable row level security;
create policy tenant on "idempotency" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create policy administration on "idempotency" to tessera_admin using (true) with check (true);
create or replace view "v_idempotency" as
  select "tenant_id", "principal", "key", "request_hash", "body", "at"
  from "idempotency" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_idempotency" to tessera_app;
grant select, delete on "idempotency" to tessera_admin;

create table "api_keys" (
  "tenant_id" uuid not null,
  "id" text collate "C" not null,
  "name" text not null,
  "hash" text collate "C" not null,
  "scope" jsonb,
  "origins" jsonb not null,
  "created_at" timestamptz(3) not null,
  "revoked_at" timestamptz(3),
  primary key ("tenant_id", "id")
);
create index "api_keys_id_idx" on "api_keys" ("id");
alter table "api_keys" enable row level security;
create policy tenant on "api_keys" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create policy administration on "api_keys" to tessera_admin using (true) with check (true);
create or replace view "v_api_keys" as
  select "tenant_id", "id", "name", "hash", "scope", "origins", "created_at", "revoked_at"
  from "api_keys" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_api_keys" to tessera_app;
grant select, insert, update, delete on "api_keys" to tessera_admin;

create table "signing_keys" (
  "tenant_id" uuid not null,
  "kid" text collate "C" not null,
  "algorithm" text collate "C" not null,
  "issuer" text collate "C" not null,
  "jwk" jsonb not null,
  "origins" jsonb not null,
  "own" boolean not null,
  "created_at" timestamptz(3) not null,
  "revoked_at" timestamptz(3),
  primary key ("tenant_id", "kid")
);
create index "signing_keys_kid_idx" on "signing_keys" ("kid");
alter table "signing_keys" enable row level security;
create policy tenant on "signing_keys" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create policy administration on "signing_keys" to tessera_admin using (true) with check (true);
create or replace view "v_signing_keys" as
  select "tenant_id", "kid", "algorithm", "issuer", "jwk", "origins", "own", "created_at", "revoked_at"
  from "signing_keys" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_signing_keys" to tessera_app;
grant select, insert, update, delete on "signing_keys" to tessera_admin;

create table "sessions" (
  "tenant_id" uuid not null,
  "id" text collate "C" not null,
  "principal" text collate "C" not null,
  "origins" jsonb not null,
  "created_at" timestamptz(3) not null,
  "expires_at" timestamptz(3) not null,
  "revoked_at" timestamptz(3),
  primary key ("tenant_id", "id")
);
create index "sessions_id_idx" on "sessions" ("id");
create index "sessions_principal_idx" on "sessions" ("tenant_id", "principal");
create index "sessions_expires_at_idx" on "sessions" ("expires_at");
alter table "sessions" enable row level security;
create policy tenant on "sessions" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create policy administration on "sessions" to tessera_admin using (true) with check (true);
create or replace view "v_sessions" as
  select "tenant_id", "id", "principal", "origins", "created_at", "expires_at", "revoked_at"
  from "sessions" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_sessions" to tessera_app;
grant select, insert, update, delete on "sessions" to tessera_admin;

create table "passwords" (
  "tenant_id" uuid not null,
  "user_id" uuid not null,
  "hash" text not null,
  "changed_at" timestamptz(3) not null,
  primary key ("tenant_id", "user_id")
);
alter table "passwords" enable row level security;
create policy tenant on "passwords" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_passwords" as
  select "tenant_id", "user_id", "hash", "changed_at"
  from "passwords" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_passwords" to tessera_app;

create table "files" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "name" text not null,
  "type" text collate "C" not null,
  "size" bigint not null,
  "sha256" text collate "C" not null,
  "created_at" timestamptz(3) not null,
  "created_by" text collate "C",
  primary key ("tenant_id", "id")
);
create index "files_sha256_idx" on "files" ("tenant_id", "sha256");
alter table "files" enable row level security;
create policy tenant on "files" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_files" as
  select "tenant_id", "id", "name", "type", "size", "sha256", "created_at", "created_by"
  from "files" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_files" to tessera_app;

create table "m_accounts" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "kind" text collate "C",
  "name" text collate "C",
  "name__key" text collate "C",
  "name_key" text collate "C",
  "name_key__key" text collate "C",
  "person_name" jsonb,
  "person_name__key" text collate "C",
  "person_contact" uuid,
  "legal_name" text collate "C",
  "legal_name__key" text collate "C",
  "legal_form" text collate "C",
  "number" text collate "C",
  "number__key" text collate "C",
  "parent" uuid,
  "types" jsonb,
  "types__key" text collate "C",
  "lifecycle" text collate "C",
  "lifecycle_locked" boolean,
  "status" text collate "C",
  "block_reason" text collate "C",
  "block_reason__key" text collate "C",
  "phones" jsonb,
  "phones__key" text collate "C",
  "emails" jsonb,
  "emails__key" text collate "C",
  "pec" text collate "C",
  "pec__key" text collate "C",
  "website" text collate "C",
  "website__key" text collate "C",
  "domains" jsonb,
  "domains__key" text collate "C",
  "linkedin" text collate "C",
  "linkedin__key" text collate "C",
  "facebook" text collate "C",
  "facebook__key" text collate "C",
  "instagram" text collate "C",
  "instagram__key" text collate "C",
  "x" text collate "C",
  "x__key" text collate "C",
  "fax" text collate "C",
  "fax__key" text collate "C",
  "email_opt_out" boolean,
  "do_not_call" boolean,
  "billing_address" jsonb,
  "billing_address__key" text collate "C",
  "shipping_address" jsonb,
  "shipping_address__key" text collate "C",
  "geo" jsonb,
  "industry" text collate "C",
  "ateco_code" text collate "C",
  "ateco_code__key" text collate "C",
  "size" text collate "C",
  "employees" bigint,
  "annual_revenue" numeric,
  "annual_revenue__currency" text collate "C",
  "ownership" text collate "C",
  "ticker_symbol" text collate "C",
  "ticker_symbol__key" text collate "C",
  "rating" text collate "C",
  "profile_score" bigint,
  "profile_stars" integer,
  "engagement_score" numeric,
  "loyalty_tier" text collate "C",
  "loyalty_tier__key" text collate "C",
  "rfm" text collate "C",
  "rfm__key" text collate "C",
  "territory" uuid,
  "portfolio" text collate "C",
  "lead_source" text collate "C",
  "converted_from_lead" uuid,
  "characteristics" jsonb,
  "description" text collate "C",
  "description__key" text collate "C",
  "vat_number" text collate "C",
  "vat_number__key" text collate "C",
  "vat_country" text collate "C",
  "vat_country__key" text collate "C",
  "tax_code" text collate "C",
  "tax_code__key" text collate "C",
  "sdi_code" text collate "C",
  "sdi_code__key" text collate "C",
  "iban" text collate "C",
  "iban__key" text collate "C",
  "payment_term" uuid,
  "currency" text collate "C",
  "currency__key" text collate "C",
  "price_book" uuid,
  "tax_region" uuid,
  "tax_exemption_nature" text collate "C",
  "tax_exemption_nature__key" text collate "C",
  "tax_exemption_reason" text collate "C",
  "tax_exemption_reason__key" text collate "C",
  "tax_exemption_reference" text collate "C",
  "tax_exemption_reference__key" text collate "C",
  "tax_exemption_valid_to" date,
  "credit_limit" numeric,
  "credit_limit__currency" text collate "C",
  "open_balance" numeric,
  "open_balance__currency" text collate "C",
  "overdue_balance" numeric,
  "overdue_balance__currency" text collate "C",
  "withholding_rate" numeric,
  "first_purchase_at" date,
  "last_purchase_at" date,
  "orders_count" bigint,
  "revenue_total" numeric,
  "revenue_total__currency" text collate "C",
  "revenue12m" numeric,
  "revenue12m__currency" text collate "C",
  "open_deals_amount" numeric,
  "open_deals_amount__currency" text collate "C",
  "won_deals_count" bigint,
  "open_cases" bigint,
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
create unique index "m_accounts_number__key_key" on "m_accounts" ("tenant_id", "number__key") where deleted_at is null;
create index "m_accounts_person_contact_idx" on "m_accounts" ("tenant_id", "person_contact") where "person_contact" is not null;
create index "m_accounts_territory_idx" on "m_accounts" ("tenant_id", "territory") where "territory" is not null;
create index "m_accounts_converted_from_lead_idx" on "m_accounts" ("tenant_id", "converted_from_lead") where "converted_from_lead" is not null;
create index "m_accounts_payment_term_idx" on "m_accounts" ("tenant_id", "payment_term") where "payment_term" is not null;
create index "m_accounts_price_book_idx" on "m_accounts" ("tenant_id", "price_book") where "price_book" is not null;
create index "m_accounts_tax_region_idx" on "m_accounts" ("tenant_id", "tax_region") where "tax_region" is not null;
create index "m_accounts_name__key_id_idx" on "m_accounts" ("tenant_id", "name__key", "id");
create index "m_accounts_name_key__key_id_idx" on "m_accounts" ("tenant_id", "name_key__key", "id");
create index "m_accounts_parent_id_idx" on "m_accounts" ("tenant_id", "parent", "id");
create index "m_accounts_lifecycle_id_idx" on "m_accounts" ("tenant_id", "lifecycle", "id");
create index "m_accounts_status_id_idx" on "m_accounts" ("tenant_id", "status", "id");
create index "m_accounts_industry_id_idx" on "m_accounts" ("tenant_id", "industry", "id");
create index "m_accounts_vat_number__key_id_idx" on "m_accounts" ("tenant_id", "vat_number__key", "id");
create index "m_accounts_tax_code__key_id_idx" on "m_accounts" ("tenant_id", "tax_code__key", "id");
create index "m_accounts_owner_id_idx" on "m_accounts" ("tenant_id", "owner", "id");
create index "m_accounts_created_at_id_idx" on "m_accounts" ("tenant_id", "created_at", "id");
create index "m_accounts_updated_at_id_idx" on "m_accounts" ("tenant_id", "updated_at", "id");
create index "m_accounts_deletion_batch__key_idx" on "m_accounts" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_accounts" enable row level security;
create policy tenant on "m_accounts" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_accounts" as
  select "tenant_id", "id", "version", "search_key", "kind", "name", "name__key", "name_key", "name_key__key", "person_name", "person_name__key", "person_contact", "legal_name", "legal_name__key", "legal_form", "number", "number__key", "parent", "types", "types__key", "lifecycle", "lifecycle_locked", "status", "block_reason", "block_reason__key", "phones", "phones__key", "emails", "emails__key", "pec", "pec__key", "website", "website__key", "domains", "domains__key", "linkedin", "linkedin__key", "facebook", "facebook__key", "instagram", "instagram__key", "x", "x__key", "fax", "fax__key", "email_opt_out", "do_not_call", "billing_address", "billing_address__key", "shipping_address", "shipping_address__key", "geo", "industry", "ateco_code", "ateco_code__key", "size", "employees", "annual_revenue", "annual_revenue__currency", "ownership", "ticker_symbol", "ticker_symbol__key", "rating", "profile_score", "profile_stars", "engagement_score", "loyalty_tier", "loyalty_tier__key", "rfm", "rfm__key", "territory", "portfolio", "lead_source", "converted_from_lead", "characteristics", "description", "description__key", "vat_number", "vat_number__key", "vat_country", "vat_country__key", "tax_code", "tax_code__key", "sdi_code", "sdi_code__key", "iban", "iban__key", "payment_term", "currency", "currency__key", "price_book", "tax_region", "tax_exemption_nature", "tax_exemption_nature__key", "tax_exemption_reason", "tax_exemption_reason__key", "tax_exemption_reference", "tax_exemption_reference__key", "tax_exemption_valid_to", "credit_limit", "credit_limit__currency", "open_balance", "open_balance__currency", "overdue_balance", "overdue_balance__currency", "withholding_rate", "first_purchase_at", "last_purchase_at", "orders_count", "revenue_total", "revenue_total__currency", "revenue12m", "revenue12m__currency", "open_deals_amount", "open_deals_amount__currency", "won_deals_count", "open_cases", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_accounts" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_accounts" to tessera_app;

create table "m_contacts" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "name" jsonb,
  "name__key" text collate "C",
  "number" text collate "C",
  "number__key" text collate "C",
  "salutation" text collate "C",
  "job_title" text collate "C",
  "job_title__key" text collate "C",
  "department" text collate "C",
  "department__key" text collate "C",
  "primary_account" uuid,
  "person_account" uuid,
  "reports_to" uuid,
  "assistant_name" text collate "C",
  "assistant_name__key" text collate "C",
  "assistant_phone" text collate "C",
  "assistant_phone__key" text collate "C",
  "phones" jsonb,
  "phones__key" text collate "C",
  "emails" jsonb,
  "emails__key" text collate "C",
  "birthday" date,
  "tax_code" text collate "C",
  "tax_code__key" text collate "C",
  "language" text collate "C",
  "language__key" text collate "C",
  "time_zone" text collate "C",
  "time_zone__key" text collate "C",
  "photo" uuid,
  "mailing_address" jsonb,
  "mailing_address__key" text collate "C",
  "other_address" jsonb,
  "other_address__key" text collate "C",
  "geo" jsonb,
  "lead_source" text collate "C",
  "lifecycle" text collate "C",
  "engagement_score" numeric,
  "profile_stars" integer,
  "sentiment" text collate "C",
  "do_not_call" boolean,
  "email_opt_out" boolean,
  "portal_user" boolean,
  "portal_since" date,
  "portal_until" date,
  "is_reference" boolean,
  "characteristics" jsonb,
  "description" text collate "C",
  "description__key" text collate "C",
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
create unique index "m_contacts_number__key_key" on "m_contacts" ("tenant_id", "number__key") where deleted_at is null;
create index "m_contacts_person_account_idx" on "m_contacts" ("tenant_id", "person_account") where "person_account" is not null;
create index "m_contacts_reports_to_idx" on "m_contacts" ("tenant_id", "reports_to") where "reports_to" is not null;
create index "m_contacts_photo_idx" on "m_contacts" ("tenant_id", "photo") where "photo" is not null;
create index "m_contacts_name__key_id_idx" on "m_contacts" ("tenant_id", "name__key", "id");
create index "m_contacts_primary_account_id_idx" on "m_contacts" ("tenant_id", "primary_account", "id");
create index "m_contacts_lifecycle_id_idx" on "m_contacts" ("tenant_id", "lifecycle", "id");
create index "m_contacts_owner_id_idx" on "m_contacts" ("tenant_id", "owner", "id");
create index "m_contacts_created_at_id_idx" on "m_contacts" ("tenant_id", "created_at", "id");
create index "m_contacts_updated_at_id_idx" on "m_contacts" ("tenant_id", "updated_at", "id");
create index "m_contacts_deletion_batch__key_idx" on "m_contacts" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_contacts" enable row level security;
create policy tenant on "m_contacts" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_contacts" as
  select "tenant_id", "id", "version", "search_key", "name", "name__key", "number", "number__key", "salutation", "job_title", "job_title__key", "department", "department__key", "primary_account", "person_account", "reports_to", "assistant_name", "assistant_name__key", "assistant_phone", "assistant_phone__key", "phones", "phones__key", "emails", "emails__key", "birthday", "tax_code", "tax_code__key", "language", "language__key", "time_zone", "time_zone__key", "photo", "mailing_address", "mailing_address__key", "other_address", "other_address__key", "geo", "lead_source", "lifecycle", "engagement_score", "profile_stars", "sentiment", "do_not_call", "email_opt_out", "portal_user", "portal_since", "portal_until", "is_reference", "characteristics", "description", "description__key", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_contacts" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_contacts" to tessera_app;

create table "m_account_contacts" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "account" uuid,
  "contact" uuid,
  "function" text collate "C",
  "function_text" text collate "C",
  "function_text__key" text collate "C",
  "site" uuid,
  "is_primary" boolean,
  "is_active" boolean,
  "from" date,
  "to" date,
  "invoice_recipient" boolean,
  "case_recipient" boolean,
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
create index "m_account_contacts_site_idx" on "m_account_contacts" ("tenant_id", "site") where "site" is not null;
create index "m_account_contacts_account_id_idx" on "m_account_contacts" ("tenant_id", "account", "id");
create index "m_account_contacts_contact_id_idx" on "m_account_contacts" ("tenant_id", "contact", "id");
create index "m_account_contacts_owner_id_idx" on "m_account_contacts" ("tenant_id", "owner", "id");
create index "m_account_contacts_created_at_id_idx" on "m_account_contacts" ("tenant_id", "created_at", "id");
create index "m_account_contacts_updated_at_id_idx" on "m_account_contacts" ("tenant_id", "updated_at", "id");
create index "m_account_contacts_deletion_batch__key_idx" on "m_account_contacts" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_account_contacts" enable row level security;
create policy tenant on "m_account_contacts" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_account_contacts" as
  select "tenant_id", "id", "version", "search_key", "account", "contact", "function", "function_text", "function_text__key", "site", "is_primary", "is_active", "from", "to", "invoice_recipient", "case_recipient", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_account_contacts" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_account_contacts" to tessera_app;

create table "m_sites" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "account" uuid,
  "name" text collate "C",
  "name__key" text collate "C",
  "type" text collate "C",
  "address" jsonb,
  "address__key" text collate "C",
  "geo" jsonb,
  "phones" jsonb,
  "phones__key" text collate "C",
  "emails" jsonb,
  "emails__key" text collate "C",
  "opening_hours" uuid,
  "contact_person" uuid,
  "is_default_billing" boolean,
  "is_default_shipping" boolean,
  "active" boolean,
  "erp_code" text collate "C",
  "erp_code__key" text collate "C",
  "notes" text collate "C",
  "notes__key" text collate "C",
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
create index "m_sites_opening_hours_idx" on "m_sites" ("tenant_id", "opening_hours") where "opening_hours" is not null;
create index "m_sites_contact_person_idx" on "m_sites" ("tenant_id", "contact_person") where "contact_person" is not null;
create index "m_sites_account_id_idx" on "m_sites" ("tenant_id", "account", "id");
create index "m_sites_owner_id_idx" on "m_sites" ("tenant_id", "owner", "id");
create index "m_sites_created_at_id_idx" on "m_sites" ("tenant_id", "created_at", "id");
create index "m_sites_updated_at_id_idx" on "m_sites" ("tenant_id", "updated_at", "id");
create index "m_sites_name__key_id_idx" on "m_sites" ("tenant_id", "name__key", "id");
create index "m_sites_deletion_batch__key_idx" on "m_sites" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_sites" enable row level security;
create policy tenant on "m_sites" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_sites" as
  select "tenant_id", "id", "version", "search_key", "account", "name", "name__key", "type", "address", "address__key", "geo", "phones", "phones__key", "emails", "emails__key", "opening_hours", "contact_person", "is_default_billing", "is_default_shipping", "active", "erp_code", "erp_code__key", "notes", "notes__key", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_sites" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_sites" to tessera_app;

create table "m_leads" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "name" jsonb,
  "name__key" text collate "C",
  "company" text collate "C",
  "company__key" text collate "C",
  "job_title" text collate "C",
  "job_title__key" text collate "C",
  "number" text collate "C",
  "number__key" text collate "C",
  "emails" jsonb,
  "emails__key" text collate "C",
  "phones" jsonb,
  "phones__key" text collate "C",
  "website" text collate "C",
  "website__key" text collate "C",
  "address" jsonb,
  "address__key" text collate "C",
  "vat_number" text collate "C",
  "vat_number__key" text collate "C",
  "industry" text collate "C",
  "employees" bigint,
  "annual_revenue" numeric,
  "annual_revenue__currency" text collate "C",
  "lead_source" text collate "C",
  "campaign" uuid,
  "referrer" uuid,
  "interest" text collate "C",
  "estimated_amount" numeric,
  "estimated_amount__currency" text collate "C",
  "estimated_close_date" date,
  "products_of_interest" jsonb,
  "products_of_interest__key" text collate "C",
  "stage" text collate "C",
  "disqualify_reason" text collate "C",
  "rejection_reason" text collate "C",
  "rejection_reason__key" text collate "C",
  "recycle_on" date,
  "rating" text collate "C",
  "engagement_score" numeric,
  "profile_stars" integer,
  "stage_entered_at" timestamptz(3),
  "mql_at" timestamptz(3),
  "sql_at" timestamptz(3),
  "converted_at" timestamptz(3),
  "recycled_at" timestamptz(3),
  "converted_account" uuid,
  "converted_contact" uuid,
  "converted_deal" uuid,
  "converted_from" text collate "C",
  "conversion" jsonb,
  "do_not_call" boolean,
  "email_opt_out" boolean,
  "utm_source" text collate "C",
  "utm_source__key" text collate "C",
  "utm_medium" text collate "C",
  "utm_medium__key" text collate "C",
  "utm_campaign" text collate "C",
  "utm_campaign__key" text collate "C",
  "utm_term" text collate "C",
  "utm_term__key" text collate "C",
  "utm_content" text collate "C",
  "utm_content__key" text collate "C",
  "gclid" text collate "C",
  "gclid__key" text collate "C",
  "landing_page" text collate "C",
  "landing_page__key" text collate "C",
  "referrer_page" text collate "C",
  "referrer_page__key" text collate "C",
  "description" text collate "C",
  "description__key" text collate "C",
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
create unique index "m_leads_number__key_key" on "m_leads" ("tenant_id", "number__key") where deleted_at is null;
create index "m_leads_campaign_idx" on "m_leads" ("tenant_id", "campaign") where "campaign" is not null;
create index "m_leads_referrer_idx" on "m_leads" ("tenant_id", "referrer") where "referrer" is not null;
create index "m_leads_converted_account_idx" on "m_leads" ("tenant_id", "converted_account") where "converted_account" is not null;
create index "m_leads_converted_contact_idx" on "m_leads" ("tenant_id", "converted_contact") where "converted_contact" is not null;
create index "m_leads_converted_deal_idx" on "m_leads" ("tenant_id", "converted_deal") where "converted_deal" is not null;
create index "m_leads_name__key_id_idx" on "m_leads" ("tenant_id", "name__key", "id");
create index "m_leads_lead_source_id_idx" on "m_leads" ("tenant_id", "lead_source", "id");
create index "m_leads_stage_id_idx" on "m_leads" ("tenant_id", "stage", "id");
create index "m_leads_owner_id_idx" on "m_leads" ("tenant_id", "owner", "id");
create index "m_leads_created_at_id_idx" on "m_leads" ("tenant_id", "created_at", "id");
create index "m_leads_updated_at_id_idx" on "m_leads" ("tenant_id", "updated_at", "id");
create index "m_leads_deletion_batch__key_idx" on "m_leads" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_leads" enable row level security;
create policy tenant on "m_leads" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_leads" as
  select "tenant_id", "id", "version", "search_key", "name", "name__key", "company", "company__key", "job_title", "job_title__key", "number", "number__key", "emails", "emails__key", "phones", "phones__key", "website", "website__key", "address", "address__key", "vat_number", "vat_number__key", "industry", "employees", "annual_revenue", "annual_revenue__currency", "lead_source", "campaign", "referrer", "interest", "estimated_amount", "estimated_amount__currency", "estimated_close_date", "products_of_interest", "products_of_interest__key", "stage", "disqualify_reason", "rejection_reason", "rejection_reason__key", "recycle_on", "rating", "engagement_score", "profile_stars", "stage_entered_at", "mql_at", "sql_at", "converted_at", "recycled_at", "converted_account", "converted_contact", "converted_deal", "converted_from", "conversion", "do_not_call", "email_opt_out", "utm_source", "utm_source__key", "utm_medium", "utm_medium__key", "utm_campaign", "utm_campaign__key", "utm_term", "utm_term__key", "utm_content", "utm_content__key", "gclid", "gclid__key", "landing_page", "landing_page__key", "referrer_page", "referrer_page__key", "description", "description__key", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_leads" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_leads" to tessera_app;

create table "m_pipelines" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "name" text collate "C",
  "name__key" text collate "C",
  "module" text collate "C",
  "default" boolean,
  "teams" jsonb,
  "teams__key" text collate "C",
  "active" boolean,
  "stall_days" bigint,
  "currency" text collate "C",
  "currency__key" text collate "C",
  "customer_stage_labels" boolean,
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
create index "m_pipelines_module_id_idx" on "m_pipelines" ("tenant_id", "module", "id");
create index "m_pipelines_owner_id_idx" on "m_pipelines" ("tenant_id", "owner", "id");
create index "m_pipelines_created_at_id_idx" on "m_pipelines" ("tenant_id", "created_at", "id");
create index "m_pipelines_updated_at_id_idx" on "m_pipelines" ("tenant_id", "updated_at", "id");
create index "m_pipelines_name__key_id_idx" on "m_pipelines" ("tenant_id", "name__key", "id");
create index "m_pipelines_deletion_batch__key_idx" on "m_pipelines" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_pipelines" enable row level security;
create policy tenant on "m_pipelines" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_pipelines" as
  select "tenant_id", "id", "version", "search_key", "name", "name__key", "module", "default", "teams", "teams__key", "active", "stall_days", "currency", "currency__key", "customer_stage_labels", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_pipelines" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_pipelines" to tessera_app;

create table "m_stages" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "pipeline" uuid,
  "name" text collate "C",
  "name__key" text collate "C",
  "order" bigint,
  "kind" text collate "C",
  "probability" numeric,
  "forecast_category" text collate "C",
  "color" text collate "C",
  "color__key" text collate "C",
  "max_days" bigint,
  "required_fields" jsonb,
  "required_fields__key" text collate "C",
  "required_tasks" jsonb,
  "required_tasks__key" text collate "C",
  "task_templates" jsonb,
  "guidance" text collate "C",
  "guidance__key" text collate "C",
  "customer_label" text collate "C",
  "customer_label__key" text collate "C",
  "closed" boolean,
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
create index "m_stages_pipeline_id_idx" on "m_stages" ("tenant_id", "pipeline", "id");
create index "m_stages_owner_id_idx" on "m_stages" ("tenant_id", "owner", "id");
create index "m_stages_created_at_id_idx" on "m_stages" ("tenant_id", "created_at", "id");
create index "m_stages_updated_at_id_idx" on "m_stages" ("tenant_id", "updated_at", "id");
create index "m_stages_name__key_id_idx" on "m_stages" ("tenant_id", "name__key", "id");
create index "m_stages_deletion_batch__key_idx" on "m_stages" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_stages" enable row level security;
create policy tenant on "m_stages" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_stages" as
  select "tenant_id", "id", "version", "search_key", "pipeline", "name", "name__key", "order", "kind", "probability", "forecast_category", "color", "color__key", "max_days", "required_fields", "required_fields__key", "required_tasks", "required_tasks__key", "task_templates", "guidance", "guidance__key", "customer_label", "customer_label__key", "closed", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_stages" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_stages" to tessera_app;

create table "m_lost_reasons" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "name" text collate "C",
  "name__key" text collate "C",
  "applies_to" jsonb,
  "applies_to__key" text collate "C",
  "active" boolean,
  "needs_competitor" boolean,
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
create index "m_lost_reasons_owner_id_idx" on "m_lost_reasons" ("tenant_id", "owner", "id");
create index "m_lost_reasons_created_at_id_idx" on "m_lost_reasons" ("tenant_id", "created_at", "id");
create index "m_lost_reasons_updated_at_id_idx" on "m_lost_reasons" ("tenant_id", "updated_at", "id");
create index "m_lost_reasons_name__key_id_idx" on "m_lost_reasons" ("tenant_id", "name__key", "id");
create index "m_lost_reasons_deletion_batch__key_idx" on "m_lost_reasons" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_lost_reasons" enable row level security;
create policy tenant on "m_lost_reasons" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_lost_reasons" as
  select "tenant_id", "id", "version", "search_key", "name", "name__key", "applies_to", "applies_to__key", "active", "needs_competitor", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_lost_reasons" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_lost_reasons" to tessera_app;

create table "m_deals" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "name" text collate "C",
  "name__key" text collate "C",
  "number" text collate "C",
  "number__key" text collate "C",
  "account" uuid,
  "lead" uuid,
  "contact" uuid,
  "seller_company" text collate "C",
  "seller_company__key" text collate "C",
  "seller_signatory" text collate "C",
  "seller_signatory__key" text collate "C",
  "pipeline" uuid,
  "stage" uuid,
  "customer_stage" text collate "C",
  "customer_stage__key" text collate "C",
  "outcome" text collate "C",
  "stage_entered_at" timestamptz(3),
  "amount" numeric,
  "amount__currency" text collate "C",
  "amount_mode" text collate "C",
  "recurring_amount" numeric,
  "recurring_amount__currency" text collate "C",
  "recurring_months" bigint,
  "probability" numeric,
  "probability_mode" text collate "C",
  "weighted_amount" numeric,
  "weighted_amount__currency" text collate "C",
  "forecast_category" text collate "C",
  "forecast_locked" boolean,
  "expected_close_date" date,
  "actual_close_date" date,
  "type" text collate "C",
  "lead_source" text collate "C",
  "campaign" uuid,
  "next_step" text collate "C",
  "next_step__key" text collate "C",
  "lost_reason" uuid,
  "lost_to" uuid,
  "won_reason" text collate "C",
  "won_reason__key" text collate "C",
  "competitors" jsonb,
  "competitors__key" text collate "C",
  "budget_confirmed" boolean,
  "authority_confirmed" boolean,
  "need_confirmed" boolean,
  "timeline_confirmed" boolean,
  "win_probability" numeric,
  "sentiment" text collate "C",
  "products_of_interest" jsonb,
  "products_of_interest__key" text collate "C",
  "lines" jsonb,
  "portal_visible" boolean,
  "description" text collate "C",
  "description__key" text collate "C",
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
create unique index "m_deals_number__key_key" on "m_deals" ("tenant_id", "number__key") where deleted_at is null;
create index "m_deals_campaign_idx" on "m_deals" ("tenant_id", "campaign") where "campaign" is not null;
create index "m_deals_lost_reason_idx" on "m_deals" ("tenant_id", "lost_reason") where "lost_reason" is not null;
create index "m_deals_lost_to_idx" on "m_deals" ("tenant_id", "lost_to") where "lost_to" is not null;
create index "m_deals_account_id_idx" on "m_deals" ("tenant_id", "account", "id");
create index "m_deals_lead_id_idx" on "m_deals" ("tenant_id", "lead", "id");
create index "m_deals_contact_id_idx" on "m_deals" ("tenant_id", "contact", "id");
create index "m_deals_pipeline_id_idx" on "m_deals" ("tenant_id", "pipeline", "id");
create index "m_deals_stage_id_idx" on "m_deals" ("tenant_id", "stage", "id");
create index "m_deals_outcome_id_idx" on "m_deals" ("tenant_id", "outcome", "id");
create index "m_deals_amount_id_idx" on "m_deals" ("tenant_id", "amount", "id");
create index "m_deals_expected_close_date_id_idx" on "m_deals" ("tenant_id", "expected_close_date", "id");
create index "m_deals_actual_close_date_id_idx" on "m_deals" ("tenant_id", "actual_close_date", "id");
create index "m_deals_owner_id_idx" on "m_deals" ("tenant_id", "owner", "id");
create index "m_deals_created_at_id_idx" on "m_deals" ("tenant_id", "created_at", "id");
create index "m_deals_updated_at_id_idx" on "m_deals" ("tenant_id", "updated_at", "id");
create index "m_deals_name__key_id_idx" on "m_deals" ("tenant_id", "name__key", "id");
create index "m_deals_deletion_batch__key_idx" on "m_deals" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_deals" enable row level security;
create policy tenant on "m_deals" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_deals" as
  select "tenant_id", "id", "version", "search_key", "name", "name__key", "number", "number__key", "account", "lead", "contact", "seller_company", "seller_company__key", "seller_signatory", "seller_signatory__key", "pipeline", "stage", "customer_stage", "customer_stage__key", "outcome", "stage_entered_at", "amount", "amount__currency", "amount_mode", "recurring_amount", "recurring_amount__currency", "recurring_months", "probability", "probability_mode", "weighted_amount", "weighted_amount__currency", "forecast_category", "forecast_locked", "expected_close_date", "actual_close_date", "type", "lead_source", "campaign", "next_step", "next_step__key", "lost_reason", "lost_to", "won_reason", "won_reason__key", "competitors", "competitors__key", "budget_confirmed", "authority_confirmed", "need_confirmed", "timeline_confirmed", "win_probability", "sentiment", "products_of_interest", "products_of_interest__key", "lines", "portal_visible", "description", "description__key", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_deals" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_deals" to tessera_app;

create table "m_deal_contacts" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "deal" uuid,
  "contact" uuid,
  "role" text collate "C",
  "influence" text collate "C",
  "attitude" text collate "C",
  "is_primary" boolean,
  "notes" text collate "C",
  "notes__key" text collate "C",
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
create unique index "m_deal_contacts_deal_contact_role_key" on "m_deal_contacts" ("tenant_id", "deal", "contact", "role") where deleted_at is null;
create index "m_deal_contacts_deal_id_idx" on "m_deal_contacts" ("tenant_id", "deal", "id");
create index "m_deal_contacts_contact_id_idx" on "m_deal_contacts" ("tenant_id", "contact", "id");
create index "m_deal_contacts_owner_id_idx" on "m_deal_contacts" ("tenant_id", "owner", "id");
create index "m_deal_contacts_created_at_id_idx" on "m_deal_contacts" ("tenant_id", "created_at", "id");
create index "m_deal_contacts_updated_at_id_idx" on "m_deal_contacts" ("tenant_id", "updated_at", "id");
create index "m_deal_contacts_deletion_batch__key_idx" on "m_deal_contacts" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_deal_contacts" enable row level security;
create policy tenant on "m_deal_contacts" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_deal_contacts" as
  select "tenant_id", "id", "version", "search_key", "deal", "contact", "role", "influence", "attitude", "is_primary", "notes", "notes__key", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_deal_contacts" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_deal_contacts" to tessera_app;

create table "m_products" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "name" text collate "C",
  "name__key" text collate "C",
  "sku" text collate "C",
  "sku__key" text collate "C",
  "number" text collate "C",
  "number__key" text collate "C",
  "barcode" text collate "C",
  "barcode__key" text collate "C",
  "category" uuid,
  "type" text collate "C",
  "manufacturer" text collate "C",
  "manufacturer__key" text collate "C",
  "manufacturer_part_no" text collate "C",
  "manufacturer_part_no__key" text collate "C",
  "active" boolean,
  "sale_from" date,
  "sale_to" date,
  "support_from" date,
  "support_to" date,
  "unit" text collate "C",
  "units_per_pack" numeric,
  "short_description" text collate "C",
  "short_description__key" text collate "C",
  "description" text collate "C",
  "description__key" text collate "C",
  "images" jsonb,
  "images__key" text collate "C",
  "datasheet" uuid,
  "website" text collate "C",
  "website__key" text collate "C",
  "price" numeric,
  "price__currency" text collate "C",
  "prices" jsonb,
  "cost" numeric,
  "cost__currency" text collate "C",
  "cost_method" text collate "C",
  "commission_rate" numeric,
  "taxes" jsonb,
  "taxes__key" text collate "C",
  "gl_account" text collate "C",
  "gl_account__key" text collate "C",
  "stock_tracked" boolean,
  "on_hand" numeric,
  "reserved" numeric,
  "available" numeric,
  "incoming" numeric,
  "on_order" numeric,
  "reorder_level" numeric,
  "reorder_qty" numeric,
  "availability" text collate "C",
  "serial_tracked" boolean,
  "lot_tracked" boolean,
  "warranty_months" bigint,
  "weight" numeric,
  "length" numeric,
  "width" numeric,
  "height" numeric,
  "has_variants" boolean,
  "variant_attributes" jsonb,
  "characteristics" jsonb,
  "related" jsonb,
  "related__key" text collate "C",
  "accessories" jsonb,
  "accessories__key" text collate "C",
  "replacement_of" uuid,
  "preferred_vendor" uuid,
  "ecommerce_published" boolean,
  "ecommerce_channels" jsonb,
  "ecommerce_channels__key" text collate "C",
  "ecommerce_slug" text collate "C",
  "ecommerce_slug__key" text collate "C",
  "ecommerce_text" text collate "C",
  "ecommerce_text__key" text collate "C",
  "seo_title" text collate "C",
  "seo_title__key" text collate "C",
  "seo_description" text collate "C",
  "seo_description__key" text collate "C",
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
create unique index "m_products_sku__key_key" on "m_products" ("tenant_id", "sku__key") where deleted_at is null;
create unique index "m_products_number__key_key" on "m_products" ("tenant_id", "number__key") where deleted_at is null;
create index "m_products_datasheet_idx" on "m_products" ("tenant_id", "datasheet") where "datasheet" is not null;
create index "m_products_replacement_of_idx" on "m_products" ("tenant_id", "replacement_of") where "replacement_of" is not null;
create index "m_products_preferred_vendor_idx" on "m_products" ("tenant_id", "preferred_vendor") where "preferred_vendor" is not null;
create index "m_products_category_id_idx" on "m_products" ("tenant_id", "category", "id");
create index "m_products_active_id_idx" on "m_products" ("tenant_id", "active", "id");
create index "m_products_owner_id_idx" on "m_products" ("tenant_id", "owner", "id");
create index "m_products_created_at_id_idx" on "m_products" ("tenant_id", "created_at", "id");
create index "m_products_updated_at_id_idx" on "m_products" ("tenant_id", "updated_at", "id");
create index "m_products_sku__key_id_idx" on "m_products" ("tenant_id", "sku__key", "id");
create index "m_products_deletion_batch__key_idx" on "m_products" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_products" enable row level security;
create policy tenant on "m_products" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_products" as
  select "tenant_id", "id", "version", "search_key", "name", "name__key", "sku", "sku__key", "number", "number__key", "barcode", "barcode__key", "category", "type", "manufacturer", "manufacturer__key", "manufacturer_part_no", "manufacturer_part_no__key", "active", "sale_from", "sale_to", "support_from", "support_to", "unit", "units_per_pack", "short_description", "short_description__key", "description", "description__key", "images", "images__key", "datasheet", "website", "website__key", "price", "price__currency", "prices", "cost", "cost__currency", "cost_method", "commission_rate", "taxes", "taxes__key", "gl_account", "gl_account__key", "stock_tracked", "on_hand", "reserved", "available", "incoming", "on_order", "reorder_level", "reorder_qty", "availability", "serial_tracked", "lot_tracked", "warranty_months", "weight", "length", "width", "height", "has_variants", "variant_attributes", "characteristics", "related", "related__key", "accessories", "accessories__key", "replacement_of", "preferred_vendor", "ecommerce_published", "ecommerce_channels", "ecommerce_channels__key", "ecommerce_slug", "ecommerce_slug__key", "ecommerce_text", "ecommerce_text__key", "seo_title", "seo_title__key", "seo_description", "seo_description__key", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_products" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_products" to tessera_app;

create table "m_sales_orders" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "number" text collate "C",
  "number__key" text collate "C",
  "subject" text collate "C",
  "subject__key" text collate "C",
  "account" uuid,
  "contact" uuid,
  "site" uuid,
  "billing_site" uuid,
  "shipping_site" uuid,
  "deal" uuid,
  "quote" uuid,
  "customer_order_number" text collate "C",
  "customer_order_number__key" text collate "C",
  "customer_order_date" date,
  "cig" text collate "C",
  "cig__key" text collate "C",
  "cup" text collate "C",
  "cup__key" text collate "C",
  "order_date" date,
  "requested_delivery_date" date,
  "status" text collate "C",
  "invoice_status" text collate "C",
  "delivery_status" text collate "C",
  "confirmed_at" timestamptz(3),
  "cancel_reason" text collate "C",
  "cancel_reason__key" text collate "C",
  "currency" text collate "C",
  "currency__key" text collate "C",
  "rate" numeric,
  "price_book" uuid,
  "tax_mode" text collate "C",
  "tax_region" uuid,
  "rounding" text collate "C",
  "split_payment" boolean,
  "lines" jsonb,
  "customer_lines" jsonb,
  "products" jsonb,
  "products__key" text collate "C",
  "discount_percent" numeric,
  "discount_amount" numeric,
  "charges" jsonb,
  "deducted_taxes" jsonb,
  "adjustment" numeric,
  "subtotal" numeric,
  "subtotal__currency" text collate "C",
  "discount" numeric,
  "discount__currency" text collate "C",
  "charges_total" numeric,
  "charges_total__currency" text collate "C",
  "taxable" numeric,
  "taxable__currency" text collate "C",
  "tax_summary" jsonb,
  "tax" numeric,
  "tax__currency" text collate "C",
  "total" numeric,
  "total__currency" text collate "C",
  "deducted" numeric,
  "deducted__currency" text collate "C",
  "to_pay" numeric,
  "to_pay__currency" text collate "C",
  "margin_amount" numeric,
  "margin_amount__currency" text collate "C",
  "margin_percent" numeric,
  "account_name" text collate "C",
  "account_name__key" text collate "C",
  "account_vat_number" text collate "C",
  "account_vat_number__key" text collate "C",
  "account_tax_code" text collate "C",
  "account_tax_code__key" text collate "C",
  "billing_address" jsonb,
  "billing_address__key" text collate "C",
  "shipping_address" jsonb,
  "shipping_address__key" text collate "C",
  "payment_term" uuid,
  "delivery_terms" text collate "C",
  "delivery_terms__key" text collate "C",
  "carrier" text collate "C",
  "carrier__key" text collate "C",
  "lead_time" text collate "C",
  "lead_time__key" text collate "C",
  "shipping_method" text collate "C",
  "shipping_method__key" text collate "C",
  "tracking_numbers" jsonb,
  "tracking_numbers__key" text collate "C",
  "channel" text collate "C",
  "external_payment_method" text collate "C",
  "external_payment_method__key" text collate "C",
  "external_payment_status" text collate "C",
  "external_payment_status__key" text collate "C",
  "external_payment_transaction" text collate "C",
  "external_payment_transaction__key" text collate "C",
  "external_payment_paid_at" timestamptz(3),
  "recurring_frequency" text collate "C",
  "recurring_interval" bigint,
  "recurring_start" date,
  "recurring_end" date,
  "recurring_count" bigint,
  "recurring_invoice_status" text collate "C",
  "recurring_payment_term" uuid,
  "portal_visible" boolean,
  "subjects" jsonb,
  "subjects__key" text collate "C",
  "template" uuid,
  "intro_text" text collate "C",
  "intro_text__key" text collate "C",
  "terms" text collate "C",
  "terms__key" text collate "C",
  "notes" text collate "C",
  "notes__key" text collate "C",
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
create unique index "m_sales_orders_number__key_key" on "m_sales_orders" ("tenant_id", "number__key") where deleted_at is null;
create index "m_sales_orders_site_idx" on "m_sales_orders" ("tenant_id", "site") where "site" is not null;
create index "m_sales_orders_billing_site_idx" on "m_sales_orders" ("tenant_id", "billing_site") where "billing_site" is not null;
create index "m_sales_orders_shipping_site_idx" on "m_sales_orders" ("tenant_id", "shipping_site") where "shipping_site" is not null;
create index "m_sales_orders_quote_idx" on "m_sales_orders" ("tenant_id", "quote") where "quote" is not null;
create index "m_sales_orders_price_book_idx" on "m_sales_orders" ("tenant_id", "price_book") where "price_book" is not null;
create index "m_sales_orders_tax_region_idx" on "m_sales_orders" ("tenant_id", "tax_region") where "tax_region" is not null;
create index "m_sales_orders_products__key_idx" on "m_sales_orders" ("tenant_id", "products__key") where "products__key" is not null;
create index "m_sales_orders_payment_term_idx" on "m_sales_orders" ("tenant_id", "payment_term") where "payment_term" is not null;
create index "m_sales_orders_recurring_payment_term_idx" on "m_sales_orders" ("tenant_id", "recurring_payment_term") where "recurring_payment_term" is not null;
create index "m_sales_orders_template_idx" on "m_sales_orders" ("tenant_id", "template") where "template" is not null;
create index "m_sales_orders_account_id_idx" on "m_sales_orders" ("tenant_id", "account", "id");
create index "m_sales_orders_contact_id_idx" on "m_sales_orders" ("tenant_id", "contact", "id");
create index "m_sales_orders_deal_id_idx" on "m_sales_orders" ("tenant_id", "deal", "id");
create index "m_sales_orders_order_date_id_idx" on "m_sales_orders" ("tenant_id", "order_date", "id");
create index "m_sales_orders_status_id_idx" on "m_sales_orders" ("tenant_id", "status", "id");
create index "m_sales_orders_total_id_idx" on "m_sales_orders" ("tenant_id", "total", "id");
create index "m_sales_orders_owner_id_idx" on "m_sales_orders" ("tenant_id", "owner", "id");
create index "m_sales_orders_created_at_id_idx" on "m_sales_orders" ("tenant_id", "created_at", "id");
create index "m_sales_orders_updated_at_id_idx" on "m_sales_orders" ("tenant_id", "updated_at", "id");
create index "m_sales_orders_number__key_id_idx" on "m_sales_orders" ("tenant_id", "number__key", "id");
create index "m_sales_orders_deletion_batch__key_idx" on "m_sales_orders" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_sales_orders" enable row level security;
create policy tenant on "m_sales_orders" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_sales_orders" as
  select "tenant_id", "id", "version", "search_key", "number", "number__key", "subject", "subject__key", "account", "contact", "site", "billing_site", "shipping_site", "deal", "quote", "customer_order_number", "customer_order_number__key", "customer_order_date", "cig", "cig__key", "cup", "cup__key", "order_date", "requested_delivery_date", "status", "invoice_status", "delivery_status", "confirmed_at", "cancel_reason", "cancel_reason__key", "currency", "currency__key", "rate", "price_book", "tax_mode", "tax_region", "rounding", "split_payment", "lines", "customer_lines", "products", "products__key", "discount_percent", "discount_amount", "charges", "deducted_taxes", "adjustment", "subtotal", "subtotal__currency", "discount", "discount__currency", "charges_total", "charges_total__currency", "taxable", "taxable__currency", "tax_summary", "tax", "tax__currency", "total", "total__currency", "deducted", "deducted__currency", "to_pay", "to_pay__currency", "margin_amount", "margin_amount__currency", "margin_percent", "account_name", "account_name__key", "account_vat_number", "account_vat_number__key", "account_tax_code", "account_tax_code__key", "billing_address", "billing_address__key", "shipping_address", "shipping_address__key", "payment_term", "delivery_terms", "delivery_terms__key", "carrier", "carrier__key", "lead_time", "lead_time__key", "shipping_method", "shipping_method__key", "tracking_numbers", "tracking_numbers__key", "channel", "external_payment_method", "external_payment_method__key", "external_payment_status", "external_payment_status__key", "external_payment_transaction", "external_payment_transaction__key", "external_payment_paid_at", "recurring_frequency", "recurring_interval", "recurring_start", "recurring_end", "recurring_count", "recurring_invoice_status", "recurring_payment_term", "portal_visible", "subjects", "subjects__key", "template", "intro_text", "intro_text__key", "terms", "terms__key", "notes", "notes__key", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_sales_orders" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_sales_orders" to tessera_app;

create table "m_tickets" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "number" text collate "C",
  "number__key" text collate "C",
  "kind" text collate "C",
  "subject" text collate "C",
  "subject__key" text collate "C",
  "description" text collate "C",
  "description__key" text collate "C",
  "account" uuid,
  "contact" uuid,
  "site" uuid,
  "product" uuid,
  "service" uuid,
  "asset" uuid,
  "serial" text collate "C",
  "serial__key" text collate "C",
  "contract" uuid,
  "project" uuid,
  "category" text collate "C",
  "subcategory" text collate "C",
  "subcategory__key" text collate "C",
  "type" text collate "C",
  "priority" text collate "C",
  "severity" text collate "C",
  "channel" text collate "C",
  "status" text collate "C",
  "group" uuid,
  "resolution" text collate "C",
  "resolution__key" text collate "C",
  "reject_reason" text collate "C",
  "reject_reason__key" text collate "C",
  "duplicate_of" uuid,
  "parent_case" uuid,
  "follow_up_of" uuid,
  "resolved_at" timestamptz(3),
  "closed_at" timestamptz(3),
  "reopened_count" bigint,
  "first_response_at" timestamptz(3),
  "first_response_minutes" bigint,
  "resolution_minutes" bigint,
  "handle_minutes" bigint,
  "sla_policy" uuid,
  "sla_timers" jsonb,
  "sla_timers__key" text collate "C",
  "sla_status" text collate "C",
  "sla_due_at" timestamptz(3),
  "escalation_level" bigint,
  "customer_due_date" date,
  "mail_thread" uuid,
  "portal_visible" boolean,
  "csat" integer,
  "billable" boolean,
  "billed_minutes" bigint,
  "knowledge_articles" jsonb,
  "knowledge_articles__key" text collate "C",
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
create unique index "m_tickets_number__key_key" on "m_tickets" ("tenant_id", "number__key") where deleted_at is null;
create index "m_tickets_site_idx" on "m_tickets" ("tenant_id", "site") where "site" is not null;
create index "m_tickets_product_idx" on "m_tickets" ("tenant_id", "product") where "product" is not null;
create index "m_tickets_service_idx" on "m_tickets" ("tenant_id", "service") where "service" is not null;
create index "m_tickets_asset_idx" on "m_tickets" ("tenant_id", "asset") where "asset" is not null;
create index "m_tickets_contract_idx" on "m_tickets" ("tenant_id", "contract") where "contract" is not null;
create index "m_tickets_project_idx" on "m_tickets" ("tenant_id", "project") where "project" is not null;
create index "m_tickets_duplicate_of_idx" on "m_tickets" ("tenant_id", "duplicate_of") where "duplicate_of" is not null;
create index "m_tickets_parent_case_idx" on "m_tickets" ("tenant_id", "parent_case") where "parent_case" is not null;
create index "m_tickets_follow_up_of_idx" on "m_tickets" ("tenant_id", "follow_up_of") where "follow_up_of" is not null;
create index "m_tickets_sla_policy_idx" on "m_tickets" ("tenant_id", "sla_policy") where "sla_policy" is not null;
create index "m_tickets_mail_thread_idx" on "m_tickets" ("tenant_id", "mail_thread") where "mail_thread" is not null;
create index "m_tickets_account_id_idx" on "m_tickets" ("tenant_id", "account", "id");
create index "m_tickets_contact_id_idx" on "m_tickets" ("tenant_id", "contact", "id");
create index "m_tickets_priority_id_idx" on "m_tickets" ("tenant_id", "priority", "id");
create index "m_tickets_status_id_idx" on "m_tickets" ("tenant_id", "status", "id");
create index "m_tickets_group_id_idx" on "m_tickets" ("tenant_id", "group", "id");
create index "m_tickets_sla_due_at_id_idx" on "m_tickets" ("tenant_id", "sla_due_at", "id");
create index "m_tickets_owner_id_idx" on "m_tickets" ("tenant_id", "owner", "id");
create index "m_tickets_created_at_id_idx" on "m_tickets" ("tenant_id", "created_at", "id");
create index "m_tickets_updated_at_id_idx" on "m_tickets" ("tenant_id", "updated_at", "id");
create index "m_tickets_number__key_id_idx" on "m_tickets" ("tenant_id", "number__key", "id");
create index "m_tickets_deletion_batch__key_idx" on "m_tickets" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_tickets" enable row level security;
create policy tenant on "m_tickets" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_tickets" as
  select "tenant_id", "id", "version", "search_key", "number", "number__key", "kind", "subject", "subject__key", "description", "description__key", "account", "contact", "site", "product", "service", "asset", "serial", "serial__key", "contract", "project", "category", "subcategory", "subcategory__key", "type", "priority", "severity", "channel", "status", "group", "resolution", "resolution__key", "reject_reason", "reject_reason__key", "duplicate_of", "parent_case", "follow_up_of", "resolved_at", "closed_at", "reopened_count", "first_response_at", "first_response_minutes", "resolution_minutes", "handle_minutes", "sla_policy", "sla_timers", "sla_timers__key", "sla_status", "sla_due_at", "escalation_level", "customer_due_date", "mail_thread", "portal_visible", "csat", "billable", "billed_minutes", "knowledge_articles", "knowledge_articles__key", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_tickets" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_tickets" to tessera_app;

create table "m_tasks" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "subject" text collate "C",
  "subject__key" text collate "C",
  "type" text collate "C",
  "assignees" jsonb,
  "assignees__key" text collate "C",
  "completion_mode" text collate "C",
  "completed_by" jsonb,
  "completed_by__key" text collate "C",
  "status" text collate "C",
  "progress" numeric,
  "priority" text collate "C",
  "start_date" date,
  "due_date" date,
  "due_time" time(0),
  "due_time__seconds" integer,
  "completed_at" timestamptz(3),
  "planned" integer,
  "actual" integer,
  "related" jsonb,
  "related__key" text collate "C",
  "contact" uuid,
  "account" uuid,
  "subjects" jsonb,
  "subjects__key" text collate "C",
  "participants" jsonb,
  "participants__key" text collate "C",
  "notify" jsonb,
  "recurrence" text collate "C",
  "recurrence__key" text collate "C",
  "parent" uuid,
  "checklist" jsonb,
  "campaign_member" uuid,
  "visibility" text collate "C",
  "description" text collate "C",
  "description__key" text collate "C",
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
create index "m_tasks_campaign_member_idx" on "m_tasks" ("tenant_id", "campaign_member") where "campaign_member" is not null;
create index "m_tasks_assignees__key_id_idx" on "m_tasks" ("tenant_id", "assignees__key", "id");
create index "m_tasks_status_id_idx" on "m_tasks" ("tenant_id", "status", "id");
create index "m_tasks_priority_id_idx" on "m_tasks" ("tenant_id", "priority", "id");
create index "m_tasks_due_date_id_idx" on "m_tasks" ("tenant_id", "due_date", "id");
create index "m_tasks_contact_id_idx" on "m_tasks" ("tenant_id", "contact", "id");
create index "m_tasks_account_id_idx" on "m_tasks" ("tenant_id", "account", "id");
create index "m_tasks_parent_id_idx" on "m_tasks" ("tenant_id", "parent", "id");
create index "m_tasks_owner_id_idx" on "m_tasks" ("tenant_id", "owner", "id");
create index "m_tasks_created_at_id_idx" on "m_tasks" ("tenant_id", "created_at", "id");
create index "m_tasks_updated_at_id_idx" on "m_tasks" ("tenant_id", "updated_at", "id");
create index "m_tasks_subject__key_id_idx" on "m_tasks" ("tenant_id", "subject__key", "id");
create index "m_tasks_deletion_batch__key_idx" on "m_tasks" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_tasks" enable row level security;
create policy tenant on "m_tasks" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_tasks" as
  select "tenant_id", "id", "version", "search_key", "subject", "subject__key", "type", "assignees", "assignees__key", "completion_mode", "completed_by", "completed_by__key", "status", "progress", "priority", "start_date", "due_date", "due_time", "due_time__seconds", "completed_at", "planned", "actual", "related", "related__key", "contact", "account", "subjects", "subjects__key", "participants", "participants__key", "notify", "recurrence", "recurrence__key", "parent", "checklist", "campaign_member", "visibility", "description", "description__key", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_tasks" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_tasks" to tessera_app;

create table "m_events" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "subject" text collate "C",
  "subject__key" text collate "C",
  "type" text collate "C",
  "start" timestamptz(3),
  "end" timestamptz(3),
  "all_day" boolean,
  "time_zone" text collate "C",
  "time_zone__key" text collate "C",
  "location" text collate "C",
  "location__key" text collate "C",
  "address" jsonb,
  "address__key" text collate "C",
  "geo" jsonb,
  "online_url" text collate "C",
  "online_url__key" text collate "C",
  "organizer" uuid,
  "participants" jsonb,
  "related" jsonb,
  "related__key" text collate "C",
  "deal" uuid,
  "account" uuid,
  "contact" uuid,
  "case" uuid,
  "campaign_member" uuid,
  "subjects" jsonb,
  "subjects__key" text collate "C",
  "status" text collate "C",
  "settled_at" timestamptz(3),
  "outcome" uuid,
  "outcome_notes" text collate "C",
  "outcome_notes__key" text collate "C",
  "sentiment" text collate "C",
  "reminders" jsonb,
  "recurrence" text collate "C",
  "recurrence__key" text collate "C",
  "excluded_dates" jsonb,
  "excluded_dates__key" text collate "C",
  "series_id" text collate "C",
  "series_id__key" text collate "C",
  "busy" text collate "C",
  "visibility" text collate "C",
  "priority" text collate "C",
  "ics_uid" text collate "C",
  "ics_uid__key" text collate "C",
  "booking" uuid,
  "travel_before" integer,
  "travel_after" integer,
  "description" text collate "C",
  "description__key" text collate "C",
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
create index "m_events_case_idx" on "m_events" ("tenant_id", "case") where "case" is not null;
create index "m_events_campaign_member_idx" on "m_events" ("tenant_id", "campaign_member") where "campaign_member" is not null;
create index "m_events_outcome_idx" on "m_events" ("tenant_id", "outcome") where "outcome" is not null;
create index "m_events_booking_idx" on "m_events" ("tenant_id", "booking") where "booking" is not null;
create index "m_events_start_id_idx" on "m_events" ("tenant_id", "start", "id");
create index "m_events_end_id_idx" on "m_events" ("tenant_id", "end", "id");
create index "m_events_organizer_id_idx" on "m_events" ("tenant_id", "organizer", "id");
create index "m_events_deal_id_idx" on "m_events" ("tenant_id", "deal", "id");
create index "m_events_account_id_idx" on "m_events" ("tenant_id", "account", "id");
create index "m_events_contact_id_idx" on "m_events" ("tenant_id", "contact", "id");
create index "m_events_status_id_idx" on "m_events" ("tenant_id", "status", "id");
create index "m_events_owner_id_idx" on "m_events" ("tenant_id", "owner", "id");
create index "m_events_created_at_id_idx" on "m_events" ("tenant_id", "created_at", "id");
create index "m_events_updated_at_id_idx" on "m_events" ("tenant_id", "updated_at", "id");
create index "m_events_subject__key_id_idx" on "m_events" ("tenant_id", "subject__key", "id");
create index "m_events_deletion_batch__key_idx" on "m_events" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_events" enable row level security;
create policy tenant on "m_events" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_events" as
  select "tenant_id", "id", "version", "search_key", "subject", "subject__key", "type", "start", "end", "all_day", "time_zone", "time_zone__key", "location", "location__key", "address", "address__key", "geo", "online_url", "online_url__key", "organizer", "participants", "related", "related__key", "deal", "account", "contact", "case", "campaign_member", "subjects", "subjects__key", "status", "settled_at", "outcome", "outcome_notes", "outcome_notes__key", "sentiment", "reminders", "recurrence", "recurrence__key", "excluded_dates", "excluded_dates__key", "series_id", "series_id__key", "busy", "visibility", "priority", "ics_uid", "ics_uid__key", "booking", "travel_before", "travel_after", "description", "description__key", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_events" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_events" to tessera_app;

create table "m_notes" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "record" text collate "C",
  "body" text collate "C",
  "body__key" text collate "C",
  "kind" text collate "C",
  "internal" boolean,
  "parent" uuid,
  "mentions" jsonb,
  "mentions__key" text collate "C",
  "files" jsonb,
  "files__key" text collate "C",
  "pinned" boolean,
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
create index "m_notes_parent_idx" on "m_notes" ("tenant_id", "parent") where "parent" is not null;
create index "m_notes_record_id_idx" on "m_notes" ("tenant_id", "record", "id");
create index "m_notes_owner_id_idx" on "m_notes" ("tenant_id", "owner", "id");
create index "m_notes_created_at_id_idx" on "m_notes" ("tenant_id", "created_at", "id");
create index "m_notes_updated_at_id_idx" on "m_notes" ("tenant_id", "updated_at", "id");
create index "m_notes_deletion_batch__key_idx" on "m_notes" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_notes" enable row level security;
create policy tenant on "m_notes" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_notes" as
  select "tenant_id", "id", "version", "search_key", "record", "body", "body__key", "kind", "internal", "parent", "mentions", "mentions__key", "files", "files__key", "pinned", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_notes" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_notes" to tessera_app;

create table "m_documents" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "title" text collate "C",
  "title__key" text collate "C",
  "folder" uuid,
  "type" text collate "C",
  "file" text collate "C",
  "file__key" text collate "C",
  "file_name" text collate "C",
  "file_name__key" text collate "C",
  "link" text collate "C",
  "link__key" text collate "C",
  "content" text collate "C",
  "content__key" text collate "C",
  "mime" text collate "C",
  "mime__key" text collate "C",
  "size" bigint,
  "checksum" text collate "C",
  "checksum__key" text collate "C",
  "revision" bigint,
  "status" text collate "C",
  "expires_at" date,
  "category" text collate "C",
  "language" text collate "C",
  "language__key" text collate "C",
  "related" jsonb,
  "related__key" text collate "C",
  "deal_stage" text collate "C",
  "deal_stage__key" text collate "C",
  "shared_with" jsonb,
  "shared_with__key" text collate "C",
  "share_links" jsonb,
  "downloads" bigint,
  "ocr_text" text collate "C",
  "ocr_text__key" text collate "C",
  "retention_until" date,
  "confidential" boolean,
  "direction" text collate "C",
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
create index "m_documents_folder_id_idx" on "m_documents" ("tenant_id", "folder", "id");
create index "m_documents_status_id_idx" on "m_documents" ("tenant_id", "status", "id");
create index "m_documents_expires_at_id_idx" on "m_documents" ("tenant_id", "expires_at", "id");
create index "m_documents_related__key_id_idx" on "m_documents" ("tenant_id", "related__key", "id");
create index "m_documents_owner_id_idx" on "m_documents" ("tenant_id", "owner", "id");
create index "m_documents_created_at_id_idx" on "m_documents" ("tenant_id", "created_at", "id");
create index "m_documents_updated_at_id_idx" on "m_documents" ("tenant_id", "updated_at", "id");
create index "m_documents_title__key_id_idx" on "m_documents" ("tenant_id", "title__key", "id");
create index "m_documents_deletion_batch__key_idx" on "m_documents" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_documents" enable row level security;
create policy tenant on "m_documents" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_documents" as
  select "tenant_id", "id", "version", "search_key", "title", "title__key", "folder", "type", "file", "file__key", "file_name", "file_name__key", "link", "link__key", "content", "content__key", "mime", "mime__key", "size", "checksum", "checksum__key", "revision", "status", "expires_at", "category", "language", "language__key", "related", "related__key", "deal_stage", "deal_stage__key", "shared_with", "shared_with__key", "share_links", "downloads", "ocr_text", "ocr_text__key", "retention_until", "confidential", "direction", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_documents" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_documents" to tessera_app;

create table "m_users" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "name" jsonb,
  "name__key" text collate "C",
  "email" text collate "C",
  "email__key" text collate "C",
  "login" text collate "C",
  "login__key" text collate "C",
  "role" uuid,
  "profiles" jsonb,
  "profiles__key" text collate "C",
  "groups" jsonb,
  "groups__key" text collate "C",
  "manager" uuid,
  "reports_to" uuid,
  "title" text collate "C",
  "title__key" text collate "C",
  "department" text collate "C",
  "department__key" text collate "C",
  "phones" jsonb,
  "phones__key" text collate "C",
  "extension" text collate "C",
  "extension__key" text collate "C",
  "time_zone" text collate "C",
  "time_zone__key" text collate "C",
  "locale" text collate "C",
  "locale__key" text collate "C",
  "currency" text collate "C",
  "currency__key" text collate "C",
  "date_format" text collate "C",
  "time_format" text collate "C",
  "week_start" integer,
  "signature" text collate "C",
  "signature__key" text collate "C",
  "avatar" uuid,
  "business_hours" uuid,
  "status" text collate "C",
  "is_admin" boolean,
  "mfa" boolean,
  "sso_subject" text collate "C",
  "sso_subject__key" text collate "C",
  "absences" jsonb,
  "subject" uuid,
  "preferences" jsonb,
  "last_login_at" timestamptz(3),
  "login_history" jsonb,
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
create unique index "m_users_email__key_key" on "m_users" ("tenant_id", "email__key") where deleted_at is null;
create unique index "m_users_login__key_key" on "m_users" ("tenant_id", "login__key") where deleted_at is null;
create index "m_users_role_idx" on "m_users" ("tenant_id", "role") where "role" is not null;
create index "m_users_manager_idx" on "m_users" ("tenant_id", "manager") where "manager" is not null;
create index "m_users_reports_to_idx" on "m_users" ("tenant_id", "reports_to") where "reports_to" is not null;
create index "m_users_avatar_idx" on "m_users" ("tenant_id", "avatar") where "avatar" is not null;
create index "m_users_business_hours_idx" on "m_users" ("tenant_id", "business_hours") where "business_hours" is not null;
create index "m_users_subject_idx" on "m_users" ("tenant_id", "subject") where "subject" is not null;
create index "m_users_name__key_id_idx" on "m_users" ("tenant_id", "name__key", "id");
create index "m_users_status_id_idx" on "m_users" ("tenant_id", "status", "id");
create index "m_users_owner_id_idx" on "m_users" ("tenant_id", "owner", "id");
create index "m_users_created_at_id_idx" on "m_users" ("tenant_id", "created_at", "id");
create index "m_users_updated_at_id_idx" on "m_users" ("tenant_id", "updated_at", "id");
create index "m_users_deletion_batch__key_idx" on "m_users" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_users" enable row level security;
create policy tenant on "m_users" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_users" as
  select "tenant_id", "id", "version", "search_key", "name", "name__key", "email", "email__key", "login", "login__key", "role", "profiles", "profiles__key", "groups", "groups__key", "manager", "reports_to", "title", "title__key", "department", "department__key", "phones", "phones__key", "extension", "extension__key", "time_zone", "time_zone__key", "locale", "locale__key", "currency", "currency__key", "date_format", "time_format", "week_start", "signature", "signature__key", "avatar", "business_hours", "status", "is_admin", "mfa", "sso_subject", "sso_subject__key", "absences", "subject", "preferences", "last_login_at", "login_history", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_users" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_users" to tessera_app;

create table "m_groups" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "name" text collate "C",
  "name__key" text collate "C",
  "members" jsonb,
  "members__key" text collate "C",
  "role_trees" jsonb,
  "role_trees__key" text collate "C",
  "mailbox" text collate "C",
  "mailbox__key" text collate "C",
  "default_assignment" uuid,
  "business_hours" uuid,
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
create unique index "m_groups_name__key_key" on "m_groups" ("tenant_id", "name__key") where deleted_at is null;
create index "m_groups_default_assignment_idx" on "m_groups" ("tenant_id", "default_assignment") where "default_assignment" is not null;
create index "m_groups_business_hours_idx" on "m_groups" ("tenant_id", "business_hours") where "business_hours" is not null;
create index "m_groups_owner_id_idx" on "m_groups" ("tenant_id", "owner", "id");
create index "m_groups_created_at_id_idx" on "m_groups" ("tenant_id", "created_at", "id");
create index "m_groups_updated_at_id_idx" on "m_groups" ("tenant_id", "updated_at", "id");
create index "m_groups_name__key_id_idx" on "m_groups" ("tenant_id", "name__key", "id");
create index "m_groups_deletion_batch__key_idx" on "m_groups" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_groups" enable row level security;
create policy tenant on "m_groups" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_groups" as
  select "tenant_id", "id", "version", "search_key", "name", "name__key", "members", "members__key", "role_trees", "role_trees__key", "mailbox", "mailbox__key", "default_assignment", "business_hours", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_groups" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_groups" to tessera_app;

create table "m_tags" (
  "tenant_id" uuid not null,
  "id" uuid not null,
  "version" integer not null,
  "search_key" text collate "C" not null,
  "name" text collate "C",
  "name__key" text collate "C",
  "color" text collate "C",
  "color__key" text collate "C",
  "modules" jsonb,
  "modules__key" text collate "C",
  "shared" boolean,
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
create unique index "m_tags_name__key_key" on "m_tags" ("tenant_id", "name__key") where deleted_at is null;
create index "m_tags_owner_id_idx" on "m_tags" ("tenant_id", "owner", "id");
create index "m_tags_created_at_id_idx" on "m_tags" ("tenant_id", "created_at", "id");
create index "m_tags_updated_at_id_idx" on "m_tags" ("tenant_id", "updated_at", "id");
create index "m_tags_name__key_id_idx" on "m_tags" ("tenant_id", "name__key", "id");
create index "m_tags_deletion_batch__key_idx" on "m_tags" ("tenant_id", "deletion_batch__key") where deletion_batch is not null;
alter table "m_tags" enable row level security;
create policy tenant on "m_tags" to tessera_app using ("tenant_id" = current_setting('app.tenant')::uuid) with check ("tenant_id" = current_setting('app.tenant')::uuid);
create or replace view "v_m_tags" as
  select "tenant_id", "id", "version", "search_key", "name", "name__key", "color", "color__key", "modules", "modules__key", "shared", "owner", "collaborators", "collaborators__key", "followers", "followers__key", "tags", "tags__key", "source", "source_ref", "source_ref__key", "external_ids", "custom", "created_at", "created_by", "updated_at", "updated_by", "archived_at", "deleted_at", "deleted_by", "deletion_batch", "deletion_batch__key", "last_activity_at", "next_activity_at"
  from "m_tags" where "tenant_id" = current_setting('app.tenant')::uuid
  with cascaded check option;
grant select, insert, update, delete on "v_m_tags" to tessera_app;
