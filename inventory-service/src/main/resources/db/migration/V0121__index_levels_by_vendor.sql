-- What a vendor has, by variant. No column that a reservation changes is in it, and no statement without a vendor can use it.
-- Built while others write. An attempt that failed leaves an index that is not valid: away with it first.
drop index concurrently if exists stock_level_by_vendor;
create index concurrently stock_level_by_vendor on stock_level (tenant, vendor, variant_id) where vendor is not null;
