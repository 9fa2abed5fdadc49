-- What a vendor has at its locations, or had there last.
-- Built while others write. An attempt that failed leaves an index that is not valid: away with it first.
drop index concurrently if exists unit_by_level;
create index concurrently unit_by_level on unit (tenant, level_id, id);
