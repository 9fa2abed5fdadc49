-- V0107: payments that were given back or declined are looked at again at their provider: what came through after all goes back.
set local lock_timeout = '5s';

alter table payment
    add column check_at timestamptz,                    -- null: there is nothing (more) to look at
    add column checks   integer not null default 0;     -- looks so far, three at most

-- The sweep reads what is due, oldest first; payments of orders that succeeded are never scanned.
create index payment_check on payment (check_at) where check_at is not null;
