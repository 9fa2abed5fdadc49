-- Whoever closes a location looks at its own levels alone, and of these for what is on its way: receipts that would come to it wait meanwhile.
-- Of a level only what never changes: none of its updates has to write the index. The whole key, so that it misleads nobody who has it.
-- Built while others write. An attempt that failed leaves an index that is not valid: away with it first.
drop index concurrently if exists stock_level_by_location;
create index concurrently stock_level_by_location on stock_level (tenant, location_id, variant_id, lot);
drop index concurrently if exists unit_incoming_by_level;
create index concurrently unit_incoming_by_level on unit (tenant, level_id) where status = 'INCOMING';
