-- From whom goods are bought.
create table supplier (
    tenant         text        not null,
    id             uuid        not null,
    code           text        not null,          -- what people call it in requests; it never changes
    name           text        not null,
    account_number text,                          -- the shop's number with the supplier
    contact_name   text,                          -- of a person: in no event
    contact_email  text,
    contact_phone  text,
    status         text        not null check (status in ('ACTIVE', 'ARCHIVED')),
    version        bigint      not null check (version > 0),
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    primary key (tenant, id),
    unique (tenant, code)
);

alter table supplier enable row level security;
create policy of_tenant on supplier to inventory_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on supplier to inventory_worker using (true);
