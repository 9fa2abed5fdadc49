-- Validates what V0117 added. Nobody who reads or writes rows waits for it.
set local lock_timeout = '2s';

alter table location validate constraint location_vendor_form;
