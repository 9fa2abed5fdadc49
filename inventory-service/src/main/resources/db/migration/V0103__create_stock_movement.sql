-- The ledger: every change of on_hand, for ever. The sum of a level's movements is its on_hand.
create table stock_movement (
    tenant        text        not null,
    id            uuid        not null,
    level_id      uuid        not null,
    kind          text        not null check (kind in ('RECEIPT')),
    quantity      bigint      not null check (quantity <> 0),
    cause_id      uuid        not null,         -- the receipt that this movement is a line of
    line          integer     not null check (line >= 0),
    booked_by     text        not null,
    booked_at     timestamptz not null,
    primary key (tenant, id),
    unique (tenant, cause_id, line),
    foreign key (tenant, level_id) references stock_level (tenant, id)
);

create index stock_movement_by_level on stock_movement (tenant, level_id, id);

-- Append-only for everyone who serves requests or sweeps.
revoke update, delete, truncate on stock_movement from inventory_app, inventory_worker;

alter table stock_movement enable row level security;
create policy of_tenant on stock_movement to inventory_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on stock_movement to inventory_worker using (true);
