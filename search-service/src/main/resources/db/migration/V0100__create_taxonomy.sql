-- What the catalogue calls its brands, categories and product types. Rows follow the catalogue's topics by (epoch, version);
-- a deleted one stays as a row without a name, so that a late event cannot bring it back.
create table brand (
    tenant  text    not null,
    id      uuid    not null,
    epoch   int     not null check (epoch > 0),
    version bigint  not null check (version > 0),
    name    text,
    spread  boolean not null,                  -- false: some documents may still carry another name
    primary key (tenant, id)
);

create table category (
    tenant  text    not null,
    id      uuid    not null,
    epoch   int     not null check (epoch > 0),
    version bigint  not null check (version > 0),
    name    text,
    slug    text,
    parent  uuid,
    spread  boolean not null,
    primary key (tenant, id)
);

create table product_type (
    tenant  text    not null,
    id      uuid    not null,
    epoch   int     not null check (epoch > 0),
    version bigint  not null check (version > 0),
    name    text,
    title   text,
    primary key (tenant, id)
);

-- Raised with each change of a category or product type: what a query keeps of them holds as long as this does.
create table taxonomy (
    tenant   text   not null,
    revision bigint not null check (revision > 0),
    primary key (tenant)
);

-- Names on their way into the documents; normally none.
create index brand_not_spread on brand (tenant, id) where not spread;
create index category_not_spread on category (tenant, id) where not spread;

alter table brand enable row level security;
create policy of_tenant on brand to search_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on brand to search_worker using (true);

alter table category enable row level security;
create policy of_tenant on category to search_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on category to search_worker using (true);

alter table product_type enable row level security;
create policy of_tenant on product_type to search_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on product_type to search_worker using (true);

alter table taxonomy enable row level security;
create policy of_tenant on taxonomy to search_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on taxonomy to search_worker using (true);
