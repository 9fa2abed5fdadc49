-- Which replica walks through the cache of a layout to hold it against the tables, and how far it has come.
create table cache_audit (
    layout     text        primary key references cache_generation on delete cascade,
    holder     uuid        not null,
    cursor     text        not null,
    expires_at timestamptz not null
);

revoke all on cache_audit from ${service}_app, ${service}_worker;
grant select, insert, update, delete on cache_audit to ${service}_worker;
