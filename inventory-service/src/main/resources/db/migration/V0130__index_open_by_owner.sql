-- A customer has so many open reservations at most: they are counted before it gets another one. Orders' have no owner.
-- Built while others write. An attempt that failed leaves an index that is not valid: away with it first.
drop index concurrently if exists reservation_open_by_owner;
create index concurrently reservation_open_by_owner on reservation (tenant, owner) where status = 'OPEN' and owner is not null;
