-- V0110: who buys: a person's profile and addresses, and an order's copy of the address it goes to.
set local lock_timeout = '5s';

create table customer (
    tenant           text        not null,
    id               uuid        not null,
    version          bigint      not null check (version > 0),
    subject          text,                                   -- of the customer's token; in no event
    display_name     text,
    email            text,
    type             text,                                   -- a code that the shop gives; null: none in particular
    addresses        json        not null default '[]',      -- read and written as a whole, at most 20
    default_shipping uuid,                                   -- one of the addresses
    default_billing  uuid,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    erased_at        timestamptz,                            -- the row stays: it knows the last version, and nobody
    primary key (tenant, id),
    check ((subject is null) = (erased_at is not null)),
    check (erased_at is null or (display_name is null and email is null and type is null and addresses::text = '[]'
                                 and default_shipping is null and default_billing is null))
);

create unique index customer_of_subject on customer (tenant, subject) where subject is not null;   -- one each

alter table orders
    add column shipping_address json;                        -- as it was when the order was placed; in no event

alter table customer enable row level security;
create policy of_tenant on customer to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on customer to ${service}_worker using (true);
