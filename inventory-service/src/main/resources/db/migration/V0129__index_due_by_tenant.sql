-- What is due is taken of each tenant in turn: of one, the longest due first.
-- Built while others write. An attempt that failed leaves an index that is not valid: away with it first.
drop index concurrently if exists reservation_due_of_tenant;
create index concurrently reservation_due_of_tenant on reservation (tenant, expires_at, id) where status = 'OPEN';
