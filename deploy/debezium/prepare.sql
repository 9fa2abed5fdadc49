-- Prepares one service's schema for Debezium; docs/debezium.md says when. PostgreSQL must run with wal_level = logical.
--
--   psql -d souk -v ON_ERROR_STOP=1 -c "set souk.service = 'catalog'" -1 -f prepare.sql
--
-- Run it as a superuser, once per service; it can be run again. The role souk_debezium gets its password afterwards
-- (\password souk_debezium).

do $$
declare
    service text := current_setting('souk.service');
begin
    if not exists (select from pg_roles where rolname = 'souk_debezium') then
        create role souk_debezium login replication;
    end if;

    -- The key of the event's record: Debezium takes it from one column.
    execute format('alter table %I.outbox add column if not exists record_key text not null'
                       || ' generated always as (tenant || ''/'' || aggregateid::text) stored', service);

    execute format('grant usage on schema %I to souk_debezium', service);
    execute format('grant select on %I.outbox, %I.relay_heartbeat to souk_debezium', service, service);

    -- What is inserted is an event; that it is deleted later is none.
    if not exists (select from pg_publication where pubname = 'souk_' || service) then
        execute format('create publication %I for table %I.outbox, %I.relay_heartbeat with (publish = ''insert'')',
                       'souk_' || service, service, service);
    end if;
end
$$;
