-- A level is in doubt when an event of it could not be applied, until a newer one is; so is then what is counted of it.
alter table stock add column doubted boolean not null default false;
alter table availability add column doubted boolean not null default false;
