-- Validates what V0131 added. Nobody who reads or writes rows waits for it.
set local lock_timeout = '2s';

alter table location validate constraint location_status_known;
