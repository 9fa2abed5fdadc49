-- Validates what V0114 added. Nobody who reads or writes rows waits for it.
set local lock_timeout = '2s';

alter table reservation validate constraint reservation_status_check;
alter table stock_movement validate constraint stock_movement_kind_check;
