-- A location is the tenant's own, or that of one vendor of its marketplace. It stays so for good, so levels and movements say it, too: what a
-- vendor sees is then one part of one index (V0120 to V0122), and tenants without vendors pay nothing for it.
set local lock_timeout = '2s';

alter table location add column vendor text;            -- as the tokens of its merchants name it; null for the tenant's own
alter table location
    add constraint location_vendor_form check (vendor ~ '^[a-z0-9][a-z0-9-]{0,62}$') not valid;     -- V0119 validates it

-- Whose it is, nobody who serves requests or sweeps can change.
revoke update on location from inventory_app, inventory_worker;
grant update (code, name, position, version) on location to inventory_app, inventory_worker;

alter table stock_level add column vendor text;         -- its location's
alter table stock_movement add column vendor text;      -- its level's; what was booked before this file was the tenant's own
