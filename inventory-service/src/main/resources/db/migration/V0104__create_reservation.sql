-- A reservation holds stock for one order until it is confirmed, released or runs out.
create table reservation (
    tenant     text        not null,
    id         uuid        not null,
    order_id   uuid        not null,
    status     text        not null check (status in ('OPEN', 'CONFIRMED', 'RELEASED', 'EXPIRED', 'REFUSED')),
    refused    jsonb,                           -- the lines that were short, for a REFUSED one
    expires_at timestamptz not null,            -- by the clock of the database, as is its sweep
    version    bigint      not null check (version > 0),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant, id),
    unique (tenant, order_id)                   -- one per order: asking twice is harmless, and a release that comes first voids the hold
);

-- What is held where; an order line is split when no single location has all of it.
create table reservation_hold (
    tenant         text    not null,
    reservation_id uuid    not null,
    line           integer not null check (line >= 0),
    level_id       uuid    not null,
    quantity       bigint  not null check (quantity > 0),
    primary key (tenant, reservation_id, line, level_id),
    foreign key (tenant, reservation_id) references reservation (tenant, id),
    foreign key (tenant, level_id) references stock_level (tenant, id)
);

-- The expiry sweep reads open reservations, oldest first; closed ones are never scanned.
create index reservation_open_by_expiry on reservation (expires_at) where status = 'OPEN';

alter table reservation enable row level security;
create policy of_tenant on reservation to inventory_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on reservation to inventory_worker using (true);

alter table reservation_hold enable row level security;
create policy of_tenant on reservation_hold to inventory_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on reservation_hold to inventory_worker using (true);
