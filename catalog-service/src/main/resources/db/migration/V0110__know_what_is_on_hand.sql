-- What a level has, free or not: a variant with units cannot be deleted.
set local lock_timeout = '2s';

alter table stock add column on_hand bigint;    -- null: last told of to a release that did not ask
