-- V0106: what a shop adds to its prices or says is in them, and the taxes of an order's lines as they were charged.
set local lock_timeout = '5s';

create table tax_table (
    tenant  text   not null primary key,
    version bigint not null check (version > 0)
);

create table tax_rate (
    tenant     text    not null references tax_table (tenant),
    country    text    not null,
    region     text    not null,                             -- '' for all of the country
    category   text    not null,                             -- '' for all products
    millionths integer not null check (millionths between 0 and 1000000),
    inclusive  boolean not null,
    primary key (tenant, country, region, category)
);

alter table order_line
    add column tax_millionths integer,                       -- all three null: the line bears no tax
    add column tax_inclusive  boolean,
    add column tax            bigint check (tax >= 0);

alter table tax_table enable row level security;
alter table tax_rate enable row level security;
create policy of_tenant on tax_table to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on tax_table to ${service}_worker using (true);
create policy of_tenant on tax_rate to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on tax_rate to ${service}_worker using (true);
