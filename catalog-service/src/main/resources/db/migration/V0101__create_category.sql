-- Categories form trees; that they hold no cycle is guarded by a lock per tenant that every move takes.
create table category (
    tenant     text        not null,
    id         uuid        not null,
    version    bigint      not null check (version > 0),
    name       text        not null check (char_length(name) between 1 and 200),
    name_key   text        not null,               -- normalised: row-level security keeps lower(name) out of indexes
    slug       text        not null,
    parent_id  uuid        check (parent_id <> id),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    primary key (tenant, id),
    foreign key (tenant, parent_id) references category (tenant, id)
);
-- Siblings differ by name; nulls are equal here, because roots are siblings too.
create unique index category_name_unique on category (tenant, parent_id, name_key) nulls not distinct
    where deleted_at is null;

alter table category enable row level security;
create policy of_tenant on category to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on category to catalog_worker using (true);
