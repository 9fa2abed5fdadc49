-- What is handled under one GTIN: so many units of a variant. A way to count, not stock: nothing lies anywhere as packs.
create table pack (
    tenant         text        not null,
    id             uuid        not null,
    gtin           text        not null collate "C" check (gtin ~ '^[0-9]{14}$'), -- every padded form is one number: see io.souk.kit.gtin.Gtin
    variant_id     uuid        not null,          -- no foreign key: the catalogue may delete the variant, and what was booked stays
    units_per_pack integer     not null check (units_per_pack between 1 and 100000),
    status         text        not null check (status in ('ACTIVE', 'ARCHIVED')),
    version        bigint      not null check (version > 0),
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    primary key (tenant, id),
    unique (tenant, gtin)                         -- of two that create it at once, one does
);

-- A variant's packs, in the order of their GTINs.
create index pack_by_variant on pack (tenant, variant_id, gtin);

alter table pack enable row level security;
create policy of_tenant on pack to inventory_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on pack to inventory_worker using (true);
