-- A brand is a name that products carry; one name per tenant, whatever its case.
create table brand (
    tenant     text        not null,
    id         uuid        not null,
    version    bigint      not null check (version > 0),
    name       text        not null check (char_length(name) between 1 and 200),
    name_key   text        not null,               -- normalised: row-level security keeps lower(name) out of indexes
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    primary key (tenant, id)
);
-- A deleted brand gives its name back.
create unique index brand_name_unique on brand (tenant, name_key) where deleted_at is null;

alter table brand enable row level security;
create policy of_tenant on brand to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on brand to catalog_worker using (true);
