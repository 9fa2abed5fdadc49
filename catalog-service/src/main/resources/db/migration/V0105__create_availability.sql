-- The inventory's stock levels as last heard, by order; and per product what they add up to, as published.
-- stock refers to nothing here: a level may be heard of before its variant, and after it.
create table stock (
    tenant     text    not null,
    id         uuid    not null,
    epoch      integer not null check (epoch > 0),
    version    bigint  not null check (version > 0),
    variant_id uuid,                               -- null: deleted before anything else was heard of it
    available  bigint  not null,
    primary key (tenant, id)
);
create index stock_by_variant on stock (tenant, variant_id);

alter table stock enable row level security;
create policy of_tenant on stock to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on stock to catalog_worker using (true);

create table availability (
    tenant     text        not null,
    product_id uuid        not null,
    version    bigint      not null check (version >= 0), -- 0: a row to lock, nothing published yet
    variants   json        not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,                        -- the row stays: it knows the last version
    primary key (tenant, product_id),
    foreign key (tenant, product_id) references product (tenant, id)
);

alter table availability enable row level security;
create policy of_tenant on availability to catalog_app
    using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on availability to catalog_worker using (true);
