-- A vendor's locations, in the order in which orders take from them.
-- Built while others write. An attempt that failed leaves an index that is not valid: away with it first.
drop index concurrently if exists location_by_vendor;
create index concurrently location_by_vendor on location (tenant, vendor, position, id) where vendor is not null;
