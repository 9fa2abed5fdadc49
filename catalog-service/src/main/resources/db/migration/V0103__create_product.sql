-- A product and its parts. tags, attributes, media and options are documents in canonical spelling that only the program
-- reads, so they are json and not jsonb: what was published and what is read back are the same bytes.
create table product (
    tenant       text        not null,
    id           uuid        not null,
    version      bigint      not null check (version > 0),
    status       text        not null check (status in ('DRAFT', 'PUBLISHED', 'ARCHIVED')),
    name         text        not null check (char_length(name) between 1 and 500),
    description  text        check (char_length(description) <= 20000),
    slug         text        not null check (slug <> ''),
    type         text,
    brand_id     uuid,
    tags         json        not null,
    attributes   json        not null,
    media        json        not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    published_at timestamptz check (published_at is not null or status <> 'PUBLISHED'),
    deleted_at   timestamptz,                      -- the row stays: it knows the last version
    primary key (tenant, id),
    foreign key (tenant, brand_id) references brand (tenant, id)
);
create unique index product_slug_unique on product (tenant, slug) where deleted_at is null;

-- Lists page by id within one status.
create index product_by_status on product (tenant, status, id) where deleted_at is null;
-- Whether a brand or a type is in use.
create index product_by_brand on product (tenant, brand_id) where brand_id is not null and deleted_at is null;
create index product_by_type on product (tenant, type) where type is not null and deleted_at is null;

alter table product enable row level security;
create policy of_tenant on product to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on product to catalog_worker using (true);

create table product_category (
    tenant      text    not null,
    product_id  uuid    not null,
    position    integer not null,
    category_id uuid    not null,
    primary key (tenant, product_id, category_id),
    foreign key (tenant, product_id) references product (tenant, id) on delete cascade,
    foreign key (tenant, category_id) references category (tenant, id)
);
create index product_category_by_category on product_category (tenant, category_id);

alter table product_category enable row level security;
create policy of_tenant on product_category to catalog_app
    using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on product_category to catalog_worker using (true);

create table variant (
    tenant     text    not null,
    id         uuid    not null,
    product_id uuid    not null,
    position   integer not null,
    sku        text    not null check (char_length(sku) between 1 and 100),
    sku_key    text    not null,                   -- normalised: row-level security keeps lower(sku) out of indexes
    name       text    check (char_length(name) <= 500),
    options    json    not null,
    primary key (tenant, id),
    constraint variant_sku_key_unique unique (tenant, sku_key),
    foreign key (tenant, product_id) references product (tenant, id) on delete cascade
);
create index variant_by_product on variant (tenant, product_id);

alter table variant enable row level security;
create policy of_tenant on variant to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on variant to catalog_worker using (true);

create table gtin (
    tenant     text    not null,
    gtin       text    not null check (gtin ~ '^[0-9]{14}$'),
    variant_id uuid    not null,
    product_id uuid    not null,
    position   integer not null,
    constraint gtin_pkey primary key (tenant, gtin),
    foreign key (tenant, variant_id) references variant (tenant, id) on delete cascade
);
create index gtin_by_variant on gtin (tenant, variant_id);

alter table gtin enable row level security;
create policy of_tenant on gtin to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on gtin to catalog_worker using (true);
