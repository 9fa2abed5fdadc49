-- What was said of variants until V0123. Each new level has a row already; nobody waits while the others' are made.
insert into variant_setting (tenant, variant_id, by_unit)
select tenant, id, by_unit from variant where by_unit
 union
select tenant, variant_id, by_unit from stock_level
    on conflict do nothing;
