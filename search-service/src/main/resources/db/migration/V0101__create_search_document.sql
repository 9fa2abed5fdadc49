-- One row per product that search has heard of, with three parts that come from three topics, each by its own order.
-- A product that is deleted or not published keeps its row: its parts go on, and it is simply not a document.
create table search_document (
    tenant               text    not null,
    product_id           uuid    not null,
    version              bigint  not null check (version >= 0),  -- the document's own; 0: was never one
    product_epoch        int     not null,                       -- 0: nothing heard of this part yet
    product_version      bigint  not null,
    price_epoch          int     not null,
    price_version        bigint  not null,
    availability_epoch   int     not null,
    availability_version bigint  not null,
    product              json,                                   -- null: not heard of, or deleted
    prices               json    not null,
    available            bigint  not null,
    names                json    not null,                       -- of its brand and categories, as the document shows them
    brand_id             uuid,
    primary key (tenant, product_id)
) with (fillfactor = 80);                                        -- the parts arrive one after the other

-- Which documents show the name of a category; the same for brands is an index.
create table document_category (
    tenant      text not null,
    category_id uuid not null,
    product_id  uuid not null,
    primary key (tenant, category_id, product_id)
);
create index document_category_by_product on document_category (tenant, product_id);
create index search_document_by_brand on search_document (tenant, brand_id, product_id) where brand_id is not null;

alter table search_document enable row level security;
create policy of_tenant on search_document to search_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on search_document to search_worker using (true);

alter table document_category enable row level security;
create policy of_tenant on document_category to search_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on document_category to search_worker using (true);
