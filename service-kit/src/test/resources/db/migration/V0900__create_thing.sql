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
