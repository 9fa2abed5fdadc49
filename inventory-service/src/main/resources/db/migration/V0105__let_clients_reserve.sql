-- A reservation belongs to an order, which it follows, or to a client that renews, confirms and releases it.
set local lock_timeout = '2s';

alter table reservation alter column order_id drop not null;
alter table reservation add column owner text;  -- whoever the client says: a user, a cart; may be personal, so in no event
alter table reservation
    add constraint reservation_of_order_or_owner check (num_nonnulls(order_id, owner) = 1) not valid;
alter table reservation validate constraint reservation_of_order_or_owner;

-- An owner's reservations, newest first.
create index reservation_by_owner on reservation (tenant, owner, id desc) where owner is not null;
