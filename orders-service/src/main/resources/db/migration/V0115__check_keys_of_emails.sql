-- V0115: validates what V0113 added. Nobody who reads or writes rows waits for it.
set local lock_timeout = '5s';

alter table customer validate constraint customer_email_has_key;
