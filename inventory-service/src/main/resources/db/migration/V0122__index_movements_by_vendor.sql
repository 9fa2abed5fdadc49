-- A vendor's ledger, newest first.
-- Built while others write. An attempt that failed leaves an index that is not valid: away with it first.
drop index concurrently if exists stock_movement_by_vendor;
create index concurrently stock_movement_by_vendor on stock_movement (tenant, vendor, id desc) where vendor is not null;
