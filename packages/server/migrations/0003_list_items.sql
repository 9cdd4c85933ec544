drop index "m_sales_orders_products__key_idx";

create index "m_sales_orders_products__key_idx" on "m_sales_orders" using gin (string_to_array(btrim("products__key", E'\n'), E'\n')) with (fastupdate = off);

drop index "m_tasks_assignees__key_id_idx";

create index "m_tasks_assignees__key_idx" on "m_tasks" using gin (string_to_array(btrim("assignees__key", E'\n'), E'\n')) with (fastupdate = off);

create index "m_tasks_related__key_idx" on "m_tasks" using gin (string_to_array(btrim("related__key", E'\n'), E'\n')) with (fastupdate = off);

create index "m_events_related__key_idx" on "m_events" using gin (string_to_array(btrim("related__key", E'\n'), E'\n')) with (fastupdate = off);

drop index "m_documents_related__key_id_idx";

create index "m_documents_related__key_idx" on "m_documents" using gin (string_to_array(btrim("related__key", E'\n'), E'\n')) with (fastupdate = off);
