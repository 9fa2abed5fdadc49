-- A variant may be tracked by unit: each of its units is known by its serial number. Its levels say so, too, and always the same.
set local lock_timeout = '2s';

alter table variant add column by_unit boolean not null default false;
alter table variant add unique (tenant, id, by_unit);       -- what levels refer to
create index variant_by_unit on variant (tenant, id) where by_unit;

-- Whoever opens a level shares the lock of its variant's key; whoever tracks the variant, or stops to, waits for him and the other way round.
alter table stock_level add column by_unit boolean not null default false;
alter table stock_level
    add constraint stock_level_tracked_as_its_variant foreign key (tenant, variant_id, by_unit)
    references variant (tenant, id, by_unit) on update cascade not valid;
alter table stock_level validate constraint stock_level_tracked_as_its_variant;
