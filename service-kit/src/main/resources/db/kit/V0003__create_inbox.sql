-- The inbox remembers which events have had their effect; a row commits together with the effect.
create table inbox (
    tenant     text        not null,
    consumer   text        not null,
    event_id   uuid        not null,
    applied_at timestamptz not null default now(),
    primary key (tenant, consumer, event_id)
);

alter table inbox enable row level security;
create policy of_tenant on inbox to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on inbox to ${service}_worker using (true);

revoke all on inbox from ${service}_app, ${service}_worker;
grant select, insert on inbox to ${service}_app;
grant select, delete on inbox to ${service}_worker;

-- The sweep removes the oldest rows.
create index inbox_by_age on inbox (applied_at);
