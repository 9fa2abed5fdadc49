-- V0112: validates what V0109 added. Nobody who reads or writes rows waits for it.
set local lock_timeout = '5s';

alter table orders validate constraint orders_status_check;
