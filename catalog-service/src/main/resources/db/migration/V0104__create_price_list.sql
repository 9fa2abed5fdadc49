-- All prices of a product are one aggregate with a version of its own; a price is a variant's amount in a currency.
create table price_list (
    tenant     text        not null,
    product_id uuid        not null,
    version    bigint      not null check (version > 0),
    updated_at timestamptz not null,
    deleted_at timestamptz,                        -- the row stays: it knows the last version
    primary key (tenant, product_id),
    foreign key (tenant, product_id) references product (tenant, id)
);

alter table price_list enable row level security;
create policy of_tenant on price_list to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on price_list to catalog_worker using (true);

create table price (
    tenant     text   not null,
    product_id uuid   not null,
    variant_id uuid   not null,
    currency   text   not null check (currency ~ '^[A-Z]{3}$'),
    sku        text   not null,                    -- as the variant spells it
    amount     bigint not null check (amount between 0 and 1000000000000),
    primary key (tenant, product_id, variant_id, currency),
    foreign key (tenant, product_id) references price_list (tenant, product_id)
);

alter table price enable row level security;
create policy of_tenant on price to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on price to catalog_worker using (true);
