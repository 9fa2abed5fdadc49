-- V0111: what a customer would like to have: named lists of variants.
create table wishlist (
    tenant     text        not null,
    id         uuid        not null,
    version    bigint      not null check (version > 0),
    customer   text        not null,                                   -- the subject of the owner's token
    name       text        not null,
    items      integer     not null check (items between 0 and 200),   -- how many rows of wishlist_item
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant, id),
    unique (tenant, customer, name)
);

create index wishlist_of_customer on wishlist (tenant, customer, id);

create table wishlist_item (
    tenant      text        not null,
    wishlist_id uuid        not null,
    variant_id  uuid        not null,
    product_id  uuid        not null,
    sku         text        not null,                                  -- as the catalogue spelt it then
    place       uuid        not null,                                  -- time-ordered: a list is read as it was filled
    added_at    timestamptz not null,
    primary key (tenant, wishlist_id, variant_id),
    unique (tenant, wishlist_id, place),
    foreign key (tenant, wishlist_id) references wishlist (tenant, id) on delete cascade
);

alter table wishlist enable row level security;
alter table wishlist_item enable row level security;
create policy of_tenant on wishlist to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on wishlist to ${service}_worker using (true);
create policy of_tenant on wishlist_item to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on wishlist_item to ${service}_worker using (true);
