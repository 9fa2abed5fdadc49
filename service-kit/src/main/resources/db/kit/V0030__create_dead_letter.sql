-- What consumers gave up, for operators: the records of the service's dead-letter topic, each once however often it was given
-- up, and what became of it since. Kept as long as the topic keeps them.
create table dead_letter (
    seq            bigint      generated always as identity primary key,
    id             uuid        not null unique,        -- made of consumer, origin and record, so that it is the same each time
    consumer       text        not null,
    topic          text        not null,
    shard          int         not null,
    record_offset  bigint      not null,
    tenant         text,                               -- as the record's key says; null when that is no key of ours
    record_key     bytea,
    record_value   bytea,
    record_headers bytea       not null,               -- JSON: [name, base64 of the value or null] each, in their order
    event_id       text,
    reason         text        not null,               -- why it failed last
    given_up_at    timestamptz not null,               -- last
    attempts       int         not null default 0,     -- to redrive it that failed
    attempted_at   timestamptz,
    redriven_at    timestamptz                         -- set: its consumer has taken it
);

alter table dead_letter enable row level security;
create policy of_tenant on dead_letter to ${service}_app
    using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on dead_letter to ${service}_worker using (true) with check (true);

-- For operators alone, who act for no tenant: requests of tenants never see it.
revoke all on dead_letter from ${service}_app, ${service}_worker;
grant select, insert, update, delete on dead_letter to ${service}_worker;

-- The open ones are counted, redriven in order and listed; a tenant's are listed.
create index dead_letter_open on dead_letter (consumer, seq) where redriven_at is null;
create index dead_letter_by_tenant on dead_letter (tenant, seq);
-- The sweep removes the oldest.
create index dead_letter_by_age on dead_letter (given_up_at);
