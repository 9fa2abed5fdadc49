-- The outbox holds what was committed and is not yet in the log. Its columns are those of Debezium's outbox event router,
-- and our own: seq (the order of an aggregate's events, drawn under the aggregate's row lock), shard (the partition).
create table outbox (
    seq           bigint      generated always as identity (cache 1) primary key,
    id            uuid        not null,
    aggregatetype text        not null,
    aggregateid   uuid        not null,
    type          text        not null,
    payload       text        not null,
    shard         int         not null check (shard >= 0),
    tenant        text        not null,
    version       bigint      not null check (version > 0),
    epoch         int         not null check (epoch > 0),
    occurred_at   timestamptz not null default now(),
    traceparent   text,
    causationid   uuid
) with (
    -- A queue: every row is deleted soon. The relay reads from the low end, where dead rows would pile up.
    autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_cost_delay = 0
);

alter table outbox enable row level security;
create policy of_tenant on outbox for insert to ${service}_app
    with check (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on outbox to ${service}_worker using (true) with check (true);

-- Requests write events and never see them again; only the relay takes them out.
revoke all on outbox from ${service}_app, ${service}_worker;
grant insert on outbox to ${service}_app;
grant select, insert, delete on outbox to ${service}_worker;
