-- The epochs in which everything was told once more. In a raised one a service, until then, vouches for nothing: others still have what its restored
-- tables have forgotten.
create table told_epoch (
    epoch   int         primary key check (epoch > 0),
    told_at timestamptz not null default now()
);

revoke all on told_epoch from ${service}_app, ${service}_worker;
grant select, insert on told_epoch to ${service}_worker;
