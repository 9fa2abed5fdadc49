-- What the shop itself says of a variant. Not where the catalogue's events lie (V0115): that table may be emptied, to be filled anew from the log.
set local lock_timeout = '2s';

create table variant_setting (
    tenant     text    not null,
    variant_id uuid    not null,                  -- no foreign key: whatever the catalogue tells of it, and when
    by_unit    boolean not null default false,
    primary key (tenant, variant_id),
    unique (tenant, variant_id, by_unit)          -- what levels refer to
);
create index variant_setting_by_unit on variant_setting (tenant, variant_id) where by_unit;

alter table variant_setting enable row level security;
create policy of_tenant on variant_setting to inventory_app
    using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on variant_setting to inventory_worker using (true);

-- Whoever opens a level shares the lock of its variant's row here; whoever tracks the variant, or stops to, waits for him and the other way round.
alter table stock_level
    add constraint stock_level_counted_as_its_variant foreign key (tenant, variant_id, by_unit)
    references variant_setting (tenant, variant_id, by_unit) on update cascade not valid;   -- V0125 validates it
