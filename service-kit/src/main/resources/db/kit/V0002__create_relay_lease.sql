-- Who may relay: a row that expires, because a stopped process would keep a session's lock.
create table relay_lease (
    name       text        primary key,
    holder     uuid        not null,
    expires_at timestamptz not null
);

revoke all on relay_lease from ${service}_app, ${service}_worker;
grant select, insert, update on relay_lease to ${service}_worker;
