-- Who is known: a row from the first verified token on that names the tenant.
create table tenant (
    tenant     text        not null primary key,
    id         uuid        not null unique,
    version    bigint      not null check (version > 0),
    created_at timestamptz not null
);

alter table tenant enable row level security;
create policy of_tenant on tenant to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on tenant to catalog_worker using (true);
