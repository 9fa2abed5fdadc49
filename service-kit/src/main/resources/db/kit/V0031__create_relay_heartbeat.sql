-- Heartbeats for Debezium to put into the log, where it relays: one row for each topic and shard, gone after some seconds. The columns
-- are those of the outbox that its event router is told of; what only an event has is empty.
create table relay_heartbeat (
    id            uuid        primary key,
    aggregatetype text        not null,
    record_key    text        not null,
    type          text        not null,
    payload       text        not null,
    shard         int         not null,
    occurred_at   timestamptz not null,
    aggregateid   uuid,
    tenant        text,
    version       bigint,
    epoch         int,
    traceparent   text,
    causationid   uuid
);
create index relay_heartbeat_by_age on relay_heartbeat (occurred_at);

alter table relay_heartbeat enable row level security;
create policy of_tenant on relay_heartbeat to ${service}_app
    using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on relay_heartbeat to ${service}_worker using (true) with check (true);

revoke all on relay_heartbeat from ${service}_app, ${service}_worker;
grant select, insert, delete on relay_heartbeat to ${service}_worker;
