-- A customer holds something for so long and no longer, however often one reservation takes the place of another: each says since when.
set local lock_timeout = '2s';

alter table reservation add column held_since timestamptz;      -- null for one that took no other's place: since it was made
