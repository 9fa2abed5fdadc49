-- What lies at a location may be parted by lot: each lot is a level of its own, with its own ledger, holds and events.
set local lock_timeout = '2s';

alter table stock_level add column lot text collate "C" not null default '';     -- '' for what has none
alter table stock_level add column expires_on date;                              -- the last day on which it is sold, UTC
alter table stock_level add column expiry_told boolean not null default false;   -- whether its events say that it is over
alter table stock_level
    add constraint stock_level_lot_has_date check ((lot = '') = (expires_on is null)) not valid;
alter table stock_level validate constraint stock_level_lot_has_date;

-- Also the order in which levels are locked.
alter table stock_level add unique (tenant, variant_id, location_id, lot);

-- The sweep reads those whose day has passed and that nobody was told of.
create index stock_level_by_expiry on stock_level (expires_on) where not expiry_told and expires_on is not null;
