-- The answers of commands that carried an Idempotency-Key, written in the transaction of the command's effect.
create table idempotency_key (
    tenant       text        not null,
    operation    text        not null,
    key          text        not null check (length(key) between 1 and 255),
    request_hash text        not null,             -- SHA-256, in hex, of the request's canonical form
    status       int         not null,
    headers      text        not null,             -- JSON, sent again as it was
    body         text        not null,             -- JSON
    created_at   timestamptz not null default now(),
    primary key (tenant, operation, key)
);

alter table idempotency_key enable row level security;
create policy of_tenant on idempotency_key to ${service}_app
    using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on idempotency_key to ${service}_worker using (true);

revoke all on idempotency_key from ${service}_app, ${service}_worker;
grant select, insert on idempotency_key to ${service}_app;
-- update is what "for update" needs.
grant select, update, delete on idempotency_key to ${service}_worker;

-- The sweep removes the oldest rows.
create index idempotency_key_by_age on idempotency_key (created_at);
