-- V0103: the history keeps calls without an answer too. Such calls are repeated until there is one, so those that ended
-- alike at the same version of the payment share a row that counts them: the history stays bounded.
set local lock_timeout = '5s';

alter table payment_transaction drop constraint payment_transaction_outcome_check;
alter table payment_transaction
    add constraint payment_transaction_outcome_check
        check (outcome in ('SUCCEEDED', 'REFUSED', 'TIMED_OUT', 'FAILED'));
alter table payment_transaction drop constraint payment_transaction_pkey;
alter table payment_transaction add primary key (tenant, payment_id, version, kind, outcome);
alter table payment_transaction add column calls integer not null default 1 check (calls > 0);
alter table payment_transaction add column last_at timestamptz not null default now();
