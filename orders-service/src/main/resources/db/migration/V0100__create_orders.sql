-- V0100: an order, its lines as they were priced, and what happened to it, step by step.
create table orders (
    tenant         text        not null,
    id             uuid        not null,
    version        bigint      not null check (version > 0),
    customer       text        not null,                      -- the subject of the token that placed it; in no event
    currency       text        not null,
    total          bigint      not null check (total >= 0),
    status         text        not null check (status in ('PLACED', 'RESERVED', 'AUTHORISED', 'CONFIRMED', 'REJECTED',
                                                          'DECLINED', 'EXPIRED', 'CANCELLED')),
    reservation_id uuid,
    refused        text        not null default '[]',         -- JSON: the lines that inventory could not serve
    reason         text,
    placed_at      timestamptz not null,
    updated_at     timestamptz not null,
    deadline       timestamptz not null,                      -- by then the present step has its answer, or the order ends
    primary key (tenant, id)
);

-- The sweep reads orders whose deadline has passed; those that have ended are never scanned.
create index orders_unfinished_by_deadline on orders (deadline) where status in ('PLACED', 'RESERVED', 'AUTHORISED');
create index orders_of_customer on orders (tenant, customer, id);

create table order_line (
    tenant     text    not null,
    order_id   uuid    not null,
    line       integer not null check (line >= 0),
    product_id uuid    not null,
    variant_id uuid    not null,
    sku        text    not null,
    quantity   integer not null check (quantity > 0),
    unit_price bigint  not null check (unit_price >= 0),
    primary key (tenant, order_id, line),
    foreign key (tenant, order_id) references orders (tenant, id)
);

-- One row per version: the order's timeline.
create table order_step (
    tenant   text        not null,
    order_id uuid        not null,
    version  bigint      not null,
    status   text        not null,
    note     text        not null,
    at       timestamptz not null,
    primary key (tenant, order_id, version),
    foreign key (tenant, order_id) references orders (tenant, id)
);

alter table orders enable row level security;
alter table order_line enable row level security;
alter table order_step enable row level security;
create policy of_tenant on orders to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on orders to ${service}_worker using (true);
create policy of_tenant on order_line to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on order_line to ${service}_worker using (true);
create policy of_tenant on order_step to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on order_step to ${service}_worker using (true);
