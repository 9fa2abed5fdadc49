-- V0105: what a guest or a customer means to buy, at the prices they were shown.
create table cart (
    tenant      text        not null,
    id          uuid        not null,
    version     bigint      not null check (version > 0),
    customer    text,                                   -- the subject of the owner's token; null for a guest's
    token_hash  text,                                   -- SHA-256 of the guest's token; null for a customer's
    currency    text        not null,
    status      text        not null check (status in ('OPEN', 'CHECKED_OUT', 'MERGED')),
    order_id    uuid,                                   -- locked until that order has its outcome
    merged_into uuid,                                   -- the customer's cart that has its lines
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    primary key (tenant, id),
    check ((customer is null) <> (token_hash is null)),
    check ((status = 'CHECKED_OUT') = (order_id is not null)),
    check ((status = 'MERGED') = (merged_into is not null))
);

create unique index cart_of_customer on cart (tenant, customer) where customer is not null;   -- one each
create unique index cart_of_order on cart (tenant, order_id) where order_id is not null;

-- The sweep reads guests' carts, the longest untouched first; those of customers are never scanned.
create index cart_of_guests_by_time on cart (updated_at) where customer is null;

create table cart_line (
    tenant        text    not null,
    cart_id       uuid    not null,
    variant_id    uuid    not null,
    product_id    uuid    not null,
    sku           text    not null,
    quantity      integer not null check (quantity between 1 and 10000),
    unit_price    bigint  not null check (unit_price >= 0),   -- as it was shown
    price_version bigint  not null,                           -- of the product's price list then
    primary key (tenant, cart_id, variant_id),
    foreign key (tenant, cart_id) references cart (tenant, id) on delete cascade
);

alter table cart enable row level security;
alter table cart_line enable row level security;
create policy of_tenant on cart to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on cart to ${service}_worker using (true);
create policy of_tenant on cart_line to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on cart_line to ${service}_worker using (true);
