-- A movement keeps the packs that somebody said, and what a pack was then; its quantity is in units, as ever.
set local lock_timeout = '2s';

alter table stock_movement add column gtin text collate "C";
alter table stock_movement add column packs bigint;            -- as said: a count's are those that were counted
alter table stock_movement add column units_per_pack integer;
alter table stock_movement
    add constraint stock_movement_packs_are_whole check (num_nonnulls(gtin, packs, units_per_pack) in (0, 3)) not valid;
alter table stock_movement validate constraint stock_movement_packs_are_whole;

-- What was booked under a pack keeps it there; and whether anything was is asked before a GTIN goes to another variant.
alter table stock_movement
    add constraint stock_movement_of_pack foreign key (tenant, gtin) references pack (tenant, gtin) not valid;
alter table stock_movement validate constraint stock_movement_of_pack;
create index stock_movement_by_gtin on stock_movement (tenant, gtin) where gtin is not null;
