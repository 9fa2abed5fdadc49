-- How far jobs have come that tell all aggregates once more after a restore; a row per job, from its first step on.
create table retelling (
    tenant      text   not null,
    job         uuid   not null,
    next_offset bigint not null,              -- of the partition that is read
    row_tenant  text   not null,              -- the last row that was told
    row_id      uuid   not null,
    primary key (tenant, job)
);

alter table retelling enable row level security;
create policy of_tenant on retelling to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on retelling to ${service}_worker using (true);

revoke all on retelling from ${service}_app, ${service}_worker;
grant select, insert, update on retelling to ${service}_app;
grant select, delete on retelling to ${service}_worker;

-- What such a job has found in the log and in no table, each key in the newest order that the log has of it.
create table lost_aggregate (
    tenant    text    not null,
    job       uuid    not null,
    aggregate text    not null,
    id        uuid    not null,
    epoch     int     not null check (epoch > 0),
    version   bigint  not null check (version > 0),
    deleted   boolean not null,               -- the log says so already
    primary key (tenant, job, aggregate, id)
);

alter table lost_aggregate enable row level security;
create policy of_tenant on lost_aggregate to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on lost_aggregate to ${service}_worker using (true) with check (true);

-- The worker writes them down and finds the next ones; each goes in the tenant's transaction that tells its deletion.
revoke all on lost_aggregate from ${service}_app, ${service}_worker;
grant select, delete on lost_aggregate to ${service}_app;
grant select, insert, update, delete on lost_aggregate to ${service}_worker;

create index lost_aggregate_untold on lost_aggregate (job, tenant, aggregate, epoch, id) where not deleted;
create index lost_aggregate_by_job on lost_aggregate (job);
