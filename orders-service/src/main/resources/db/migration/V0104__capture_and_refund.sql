-- V0104: parts of a payment are captured and refunded, never more than was authorised and captured.
set local lock_timeout = '5s';

alter table payment
    add column captured  bigint not null default 0 check (captured >= 0),
    add column capturing bigint not null default 0 check (capturing >= 0),   -- asked for, not answered yet
    add column refunded  bigint not null default 0 check (refunded >= 0),
    add column refunding bigint not null default 0 check (refunding >= 0);
alter table payment
    add constraint payment_captures_within_amount check (captured + capturing <= amount),
    add constraint payment_refunds_within_captures check (refunded + refunding <= captured);

-- One capture or refund; its id is the provider's idempotency key.
create table payment_movement (
    tenant     text        not null,
    payment_id uuid        not null,
    version    bigint      not null,                    -- the payment's version that it made
    id         uuid        not null,
    kind       text        not null check (kind in ('CAPTURE', 'REFUND')),
    amount     bigint      not null check (amount > 0),
    status     text        not null check (status in ('PENDING', 'SUCCEEDED', 'REFUSED')),
    reason     text,                                    -- why it was refused
    attempts   integer     not null default 0,
    due_at     timestamptz not null,                    -- when the provider is to be asked (again)
    asked_at   timestamptz not null default now(),
    primary key (tenant, payment_id, version),
    unique (tenant, id),
    foreign key (tenant, payment_id) references payment (tenant, id)
);

-- Calls to make, oldest first; a movement that was answered is never scanned.
create index payment_movement_due on payment_movement (due_at) where status = 'PENDING';

alter table payment_transaction drop constraint payment_transaction_kind_check;
alter table payment_transaction
    add constraint payment_transaction_kind_check check (kind in ('AUTHORISE', 'VOID', 'CAPTURE', 'REFUND'));
alter table payment_transaction add column amount bigint;   -- of a capture or refund

alter table payment_movement enable row level security;
create policy of_tenant on payment_movement to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on payment_movement to ${service}_worker using (true);
