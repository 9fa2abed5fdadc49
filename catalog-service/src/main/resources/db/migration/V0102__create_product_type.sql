-- A tenant's own product types; those that ship with the catalogue are resources of the program and have no rows.
create table product_type (
    tenant     text        not null,
    id         uuid        not null,
    version    bigint      not null check (version > 0),
    name       text        not null check (char_length(name) between 1 and 64),
    title      text        not null check (char_length(title) between 1 and 200),
    schema     json        not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    primary key (tenant, id)
);
create unique index product_type_name_unique on product_type (tenant, name) where deleted_at is null;

alter table product_type enable row level security;
create policy of_tenant on product_type to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on product_type to catalog_worker using (true);
