-- A job is long work in small steps. Its row is lease, progress and result.
create table job (
    tenant      text        not null,
    id          uuid        not null,
    kind        text        not null,
    state       text        not null check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED')),
    input       text        not null,                       -- JSON
    position    bigint      not null default 0,
    total       bigint,
    counts      text        not null default '{}',          -- JSON, added up by each step
    attempts    int         not null default 0,             -- failures in a row
    not_before  timestamptz not null default now(),         -- the end of the pause after a failure
    lease_owner uuid,                                       -- the run that may commit steps
    lease_until timestamptz,
    served_at   timestamptz,                                -- last claimed: who was served longest ago is next
    created_at  timestamptz not null default now(),
    started_at  timestamptz,
    finished_at timestamptz,
    failure     text,
    primary key (tenant, id),
    check ((lease_owner is null) = (lease_until is null)),
    check ((finished_at is not null) = (state in ('SUCCEEDED', 'FAILED')))
);

alter table job enable row level security;
create policy of_tenant on job to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on job to ${service}_worker using (true);

revoke all on job from ${service}_app, ${service}_worker;
grant select, insert, update on job to ${service}_app;
grant select, update on job to ${service}_worker;

-- One job per tenant and kind runs at a time, whatever the claiming statements see of each other.
create unique index job_running on job (tenant, kind) where state = 'RUNNING';
-- Claims read what is open, least recently served first; finished jobs are never scanned.
create index job_open on job (served_at nulls first, created_at) where state in ('QUEUED', 'RUNNING');
-- Lists, newest first.
create index job_by_kind on job (tenant, kind, id);
