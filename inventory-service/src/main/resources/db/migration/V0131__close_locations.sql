-- A location that is closed is empty and takes nothing in. Whoever books goods in holds the row, whoever closes it waits for them, so it is the
-- row that decides who was first.
set local lock_timeout = '2s';

alter table location add column status text not null default 'OPEN';
alter table location
    add constraint location_status_known check (status in ('OPEN', 'CLOSED')) not valid;            -- V0132 validates it

grant update (status) on location to inventory_app, inventory_worker;
