-- How often the step at the job's present position was begun, counted before it begins: a step that kills its process, or never
-- ends, leaves nothing else behind.
set local lock_timeout = '5s';
alter table job add column starts int not null default 0;
