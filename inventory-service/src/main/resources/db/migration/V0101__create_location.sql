-- Where stock lies. Orders take from the lowest position first.
create table location (
    tenant     text        not null,
    id         uuid        not null,
    code       text        not null,
    name       text        not null,
    position   integer     not null check (position >= 0),
    version    bigint      not null check (version > 0),
    created_at timestamptz not null,
    primary key (tenant, id),
    unique (tenant, code)
);

alter table location enable row level security;
create policy of_tenant on location to inventory_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on location to inventory_worker using (true);
