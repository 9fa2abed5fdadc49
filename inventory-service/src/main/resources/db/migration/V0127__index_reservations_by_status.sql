-- What stands somewhere, newest first: what is confirmed and waits to be shipped is few among all that ever were.
-- Built while others write. An attempt that failed leaves an index that is not valid: away with it first.
drop index concurrently if exists reservation_by_status;
create index concurrently reservation_by_status on reservation (tenant, status, id desc);
