-- What the catalogue says exists, so that stock is only booked on things that do. Fed by souk.catalog.product, by order.
create table known_product (
    tenant     text    not null,
    product_id uuid    not null,
    epoch      integer not null,
    version    bigint  not null,                -- (epoch, version) of the newest event applied; kept after a delete, so that a late one stays out
    status     text    not null check (status in ('DRAFT', 'PUBLISHED', 'ARCHIVED', 'DELETED')),
    primary key (tenant, product_id)
);

create table variant (
    tenant     text        not null,
    id         uuid        not null,
    product_id uuid        not null,
    sku        text        not null,
    sku_key    text        not null,            -- the SKU as it is looked up: see io.souk.kit.sku.Sku
    live       boolean     not null,            -- false: its product no longer has it; its stock and its ledger stay
    told_at    timestamptz not null,            -- when the catalogue said so
    primary key (tenant, id)
);

-- Not unique: a SKU that moves to another product may be told by the new owner before the old one gives it up.
create index variant_by_sku_key on variant (tenant, sku_key, told_at desc) where live;
create index variant_by_product on variant (tenant, product_id);

alter table known_product enable row level security;
create policy of_tenant on known_product to inventory_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on known_product to inventory_worker using (true);

alter table variant enable row level security;
create policy of_tenant on variant to inventory_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on variant to inventory_worker using (true);
