-- V0108: a provider that does not say what it holds is asked less and less often, but never forgotten.
set local lock_timeout = '5s';

alter table payment
    add column check_attempts integer not null default 0;   -- looks in a row without an answer

-- What was asked many times in vain is counted every few seconds; looks that are only waiting for their day are not scanned.
create index payment_check_unanswered on payment (tenant) where check_attempts >= 6;
