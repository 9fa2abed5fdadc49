-- What was ordered of a supplier, and what came: each line of a receipt that names a supplier is a purchase.
create table purchase_order (
    tenant      text        not null,
    id          uuid        not null,
    supplier_id uuid        not null,
    number      text        not null,
    ordered_on  date        not null,
    expected_on date        not null check (expected_on >= ordered_on),
    status      text        not null check (status in ('OPEN', 'CLOSED')),
    version     bigint      not null check (version > 0),
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    primary key (tenant, id),
    unique (tenant, supplier_id, number),
    foreign key (tenant, supplier_id) references supplier (tenant, id)
);

-- A supplier's orders, newest first.
create index purchase_order_by_supplier on purchase_order (tenant, supplier_id, id desc);

create table purchase_order_line (
    tenant        text    not null,
    order_id      uuid    not null,
    line          integer not null check (line >= 0),
    variant_id    uuid    not null,
    sku           text    not null,               -- as the catalogue spelt it then
    quantity      bigint  not null check (quantity > 0),
    cost_amount   bigint  not null check (cost_amount >= 0),  -- of a unit
    cost_currency text    not null,
    primary key (tenant, order_id, line),
    unique (tenant, order_id, variant_id),
    foreign key (tenant, order_id) references purchase_order (tenant, id)
);

create table purchase (
    tenant        text        not null,
    id            uuid        not null,
    supplier_id   uuid        not null,
    receipt_id    uuid        not null,           -- the booking whose line it is
    line          integer     not null check (line >= 0),
    order_id      uuid,                           -- null for what was not ordered here
    variant_id    uuid        not null,
    sku           text        not null,
    quantity      bigint      not null check (quantity > 0),
    cost_amount   bigint check (cost_amount >= 0),            -- of a unit; null where nobody said it
    cost_currency text,
    ordered_on    date,
    expected_on   date,
    received_on   date        not null,           -- UTC
    booked_at     timestamptz not null,
    primary key (tenant, id),
    unique (tenant, receipt_id, line),
    check ((cost_amount is null) = (cost_currency is null)),
    foreign key (tenant, supplier_id) references supplier (tenant, id),
    foreign key (tenant, order_id) references purchase_order (tenant, id)
);

-- A supplier's purchases, newest first; and what came of an order's line.
create index purchase_by_supplier on purchase (tenant, supplier_id, id desc);
create index purchase_by_order on purchase (tenant, order_id, variant_id) where order_id is not null;

-- Append-only, as the ledger is.
revoke update, delete, truncate on purchase from inventory_app, inventory_worker;

alter table purchase_order enable row level security;
create policy of_tenant on purchase_order to inventory_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on purchase_order to inventory_worker using (true);

alter table purchase_order_line enable row level security;
create policy of_tenant on purchase_order_line to inventory_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on purchase_order_line to inventory_worker using (true);

alter table purchase enable row level security;
create policy of_tenant on purchase to inventory_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on purchase to inventory_worker using (true);
