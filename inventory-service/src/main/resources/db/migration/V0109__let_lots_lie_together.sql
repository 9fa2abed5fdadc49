-- Contracts V0108: a variant has as many levels at a location as it has lots there. Who opens levels by the old key needs the
-- constraint that goes here, so a release that reads no lots must not run beside it.
set local lock_timeout = '2s';

alter table stock_level drop constraint stock_level_tenant_variant_id_location_id_key;
