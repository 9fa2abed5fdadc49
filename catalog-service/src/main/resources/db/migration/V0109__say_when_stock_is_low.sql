-- From how many units down a variant is told to be low: as its tenant says for all, or as somebody says for it.
set local lock_timeout = '2s';

alter table tenant add column low_stock_units bigint not null default 0;    -- 0: none is ever low
alter table tenant
    add constraint tenant_low_stock_units_check check (low_stock_units between 0 and 1000000000) not valid;
alter table tenant validate constraint tenant_low_stock_units_check;

-- Beside the numbers and not among them: who does not know of statuses reads and writes those.
alter table availability add column statuses json not null default '[]';

create table low_stock (
    tenant     text   not null,
    variant_id uuid   not null,
    units      bigint check (units between 0 and 1000000000),   -- null: as the tenant says; the row stays, since it knows the version
    version    bigint not null check (version > 0),
    primary key (tenant, variant_id),
    foreign key (tenant, variant_id) references variant (tenant, id) on delete cascade
);

alter table low_stock enable row level security;
create policy of_tenant on low_stock to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on low_stock to catalog_worker using (true);

-- How far a tenant's products have been looked at since it said another number; none when all have been.
create table low_stock_recount (
    tenant  text not null primary key,
    reached uuid not null
);

alter table low_stock_recount enable row level security;
create policy of_tenant on low_stock_recount to catalog_app
    using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on low_stock_recount to catalog_worker using (true);
