-- V0117: the shop lists the orders that wait for it (CONFIRMED) among all that it ever had, newest first.
-- Built while others write. An attempt that failed leaves an index that is not valid: away with it first.
drop index concurrently if exists orders_of_status;
create index concurrently orders_of_status on orders (tenant, status, id);
