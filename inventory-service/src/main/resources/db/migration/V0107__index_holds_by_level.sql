-- What is held of a level, to prove what is reserved.
set local lock_timeout = '2s';

create index reservation_hold_by_level on reservation_hold (tenant, level_id);
