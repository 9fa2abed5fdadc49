-- An aggregate for the kit's own tests.
create table thing (
    tenant  text   not null,
    id      uuid   not null,
    name    text   not null,
    version bigint not null check (version > 0),
    primary key (tenant, id)
);

alter table thing enable row level security;
create policy of_tenant on thing to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on thing to ${service}_worker using (true);

-- What a consumer of the kit's own tests has done, once per event.
create table effect (
    place    bigint generated always as identity primary key,
    tenant   text   not null,
    event_id uuid   not null,
    version  bigint not null
);

alter table effect enable row level security;
create policy of_tenant on effect to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on effect to ${service}_worker using (true);
