-- Contracts V0115, of which nothing was released: a service that tracks variants where the catalogue's events lie must not run beside.
set local lock_timeout = '2s';

alter table stock_level drop constraint stock_level_tracked_as_its_variant;
alter table variant drop column by_unit;
