-- Which generation of its cache each layout of the service reads and feeds. A layout is what a release keeps there: two releases
-- that keep different views, side by side during an upgrade, have a generation each.
create table cache_generation (
    layout  text        primary key,
    id      uuid        not null,
    made_at timestamptz not null default now(),
    used_at timestamptz not null default now()   -- when a replica last swept for it: an old release's row is forgotten in the end
);

-- Readers ask for it when a position is missing; only updaters change it.
revoke all on cache_generation from ${service}_app, ${service}_worker;
grant select on cache_generation to ${service}_app;
grant select, insert, update, delete on cache_generation to ${service}_worker;
