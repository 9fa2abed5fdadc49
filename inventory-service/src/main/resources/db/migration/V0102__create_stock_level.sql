-- How much of a variant there is at a location. The row decides what can be promised: no statement can take it below zero or promise more than is there.
create table stock_level (
    tenant      text   not null,
    id          uuid   not null,
    variant_id  uuid   not null,
    location_id uuid   not null,
    product_id  uuid   not null,
    sku         text   not null,                -- as the catalogue spells it now
    on_hand     bigint not null check (on_hand between 0 and 1000000000000),
    reserved    bigint not null check (reserved >= 0),
    version     bigint not null check (version >= 0),
    primary key (tenant, id),
    unique (tenant, variant_id, location_id),   -- also the order in which levels are locked
    foreign key (tenant, location_id) references location (tenant, id),
    constraint stock_level_not_oversold check (reserved <= on_hand)
);

alter table stock_level enable row level security;
create policy of_tenant on stock_level to inventory_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on stock_level to inventory_worker using (true);
