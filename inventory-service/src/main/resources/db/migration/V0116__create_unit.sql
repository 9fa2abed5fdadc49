-- One unit of a variant that is tracked by unit. Whoever changes one has locked its level.
create table unit (
    tenant         text        not null,
    id             uuid        not null,
    variant_id     uuid        not null,
    level_id       uuid        not null,          -- where it lies, is waited for, or lay last
    serial         text        not null,          -- as it was written
    serial_key     text        not null,          -- as it is compared: see io.souk.kit.sku.Sku
    condition      text        not null
                   check (condition in ('NEW', 'LIKE_NEW', 'USED_EXCELLENT', 'USED_GOOD', 'USED_FAIR', 'DEADSTOCK')),
    consigned      boolean     not null,          -- somebody else's, who has it sold here
    cost_amount    bigint check (cost_amount >= 0),
    cost_currency  text,
    acquired_on    date        not null,
    status         text        not null
                   check (status in ('INCOMING', 'AVAILABLE', 'CONSIGNED', 'NEED_SHIPPING', 'PACKED', 'OUTGOING', 'SALE_COMPLETED',
                                     'CANCELLED')),
    present        boolean     not null generated always as (status in ('AVAILABLE', 'CONSIGNED', 'NEED_SHIPPING', 'PACKED')) stored,
    reservation_id uuid,                          -- to whom it is promised, or went: to this hold
    line           integer,
    version        bigint      not null check (version > 0),
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    primary key (tenant, id),
    unique (tenant, serial_key, variant_id),      -- for ever: what comes back is the same unit
    check ((cost_amount is null) = (cost_currency is null)),
    check ((reservation_id is null) = (line is null)),
    constraint unit_is_somebodys
        check ((status in ('NEED_SHIPPING', 'PACKED', 'OUTGOING', 'SALE_COMPLETED')) = (reservation_id is not null)),
    constraint unit_is_free_as_what_it_is
        check (status not in ('AVAILABLE', 'CONSIGNED') or consigned = (status = 'CONSIGNED')),
    foreign key (tenant, level_id) references stock_level (tenant, id),
    foreign key (tenant, reservation_id, line, level_id) references reservation_hold (tenant, reservation_id, line, level_id)
);

-- What lies at a level, in the order in which it is promised.
create index unit_present on unit (tenant, level_id, acquired_on, id) where present;
create index unit_by_variant on unit (tenant, variant_id, id);
create index unit_by_status on unit (tenant, status, id);
create index unit_by_reservation on unit (tenant, reservation_id, line) where reservation_id is not null;

-- A unit that ended is still known: what it was, and to whom it went.
revoke delete, truncate on unit from inventory_app, inventory_worker;

alter table unit enable row level security;
create policy of_tenant on unit to inventory_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on unit to inventory_worker using (true);

-- What is on hand of a level that is tracked by unit is the number of its units that are present. A transaction moves its levels first
-- (which is checked when it commits) and then the units (which is checked at the end of each statement, once for each level). Levels
-- that are not tracked, and changes of reserved, are not looked at.
create function level_counts_its_units() returns trigger language plpgsql set search_path from current as $$
begin
    perform from stock_level level
      where level.tenant = new.tenant
        and level.id = new.id
        and case when level.by_unit then level.on_hand else 0 end
            <> (select count(*)
                  from unit
                 where unit.tenant = level.tenant and unit.level_id = level.id and unit.present);
    if found then
        raise exception 'level % does not count its units', new.id
            using errcode = 'check_violation', constraint = 'stock_level_counts_its_units';
    end if;
    return null;
end
$$;

create constraint trigger stock_level_counts_its_units after update on stock_level
    deferrable initially deferred for each row
    when (new.by_unit and new.on_hand <> old.on_hand or new.by_unit <> old.by_unit)
    execute function level_counts_its_units();

create function units_are_counted() returns trigger language plpgsql set search_path from current as $$
begin
    if tg_op = 'INSERT' then
        perform from (select distinct tenant, level_id from changed where present) as moved
          join stock_level level on level.tenant = moved.tenant and level.id = moved.level_id
         where case when level.by_unit then level.on_hand else 0 end
               <> (select count(*)
                     from unit
                    where unit.tenant = level.tenant and unit.level_id = level.id and unit.present);
    else
        perform from (select distinct before.tenant, touched.level_id
                        from replaced before
                        join changed after on after.tenant = before.tenant and after.id = before.id
                       cross join lateral unnest(array[before.level_id, after.level_id]) as touched (level_id)
                       where (before.level_id, before.present) is distinct from (after.level_id, after.present)) as moved
          join stock_level level on level.tenant = moved.tenant and level.id = moved.level_id
         where case when level.by_unit then level.on_hand else 0 end
               <> (select count(*)
                     from unit
                    where unit.tenant = level.tenant and unit.level_id = level.id and unit.present);
    end if;
    if found then
        raise exception 'the units of a level are not what is on hand'
            using errcode = 'check_violation', constraint = 'unit_is_counted';
    end if;
    return null;
end
$$;

create trigger unit_is_counted_when_made after insert on unit
    referencing new table as changed for each statement execute function units_are_counted();
create trigger unit_is_counted_when_changed after update on unit
    referencing old table as replaced new table as changed for each statement execute function units_are_counted();
