-- V0101: what is asked of a payment provider for an order, and all that it answered. Holds a provider's token, no card data.
create table payment (
    tenant    text        not null,
    order_id  uuid        not null,
    id        uuid        not null,
    version   bigint      not null check (version > 0),
    provider  text        not null,
    token     text        not null,
    amount    bigint      not null check (amount >= 0),
    currency  text        not null,
    status    text        not null check (status in ('WAITING', 'AUTHORISING', 'AUTHORISED', 'DECLINED', 'VOIDING', 'VOIDED')),
    reference text,                                     -- the provider's name for the authorisation
    attempts  integer     not null default 0,
    due_at    timestamptz not null,                     -- when the provider is to be asked (again)
    primary key (tenant, order_id),
    unique (tenant, id)
);

-- Calls to make, oldest first; a payment that needs none is never scanned.
create index payment_due on payment (due_at) where status in ('AUTHORISING', 'VOIDING');

create table payment_transaction (
    tenant     text        not null,
    payment_id uuid        not null,
    version    bigint      not null,                    -- the payment's version that it led to
    kind       text        not null check (kind in ('AUTHORISE', 'VOID')),
    outcome    text        not null check (outcome in ('SUCCEEDED', 'REFUSED')),
    reference  text,
    detail     text,
    at         timestamptz not null default now(),
    primary key (tenant, payment_id, version),
    foreign key (tenant, payment_id) references payment (tenant, id)
);

alter table payment enable row level security;
alter table payment_transaction enable row level security;
create policy of_tenant on payment to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on payment to ${service}_worker using (true);
create policy of_tenant on payment_transaction to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on payment_transaction to ${service}_worker using (true);
