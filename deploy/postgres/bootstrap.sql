-- What Souk needs of a PostgreSQL 18+ database, once: per service one schema and three roles. May be run again at any time.
--
--   psql -d souk -v ON_ERROR_STOP=1 -1 -f bootstrap.sql
--
-- Run it in Souk's own database as a superuser, or as a role with CREATEROLE that owns the database. It sets no password:
-- a new role cannot log in until it is given one (alter role catalog_app password '...'; or \password catalog_app).
--
--   <service>_owner   owns the schema and runs the service's migrations
--   <service>_app     serves requests; reads and writes rows, owns nothing, sees one tenant at a time by row-level security
--   <service>_worker  relay, sweeps and audits across tenants; reads and writes rows, owns nothing
--
-- No role of one service can use another service's schema.

do $$
declare
    service  text;
    role     text;
    database text := current_database();
begin
    if current_setting('server_version_num')::int < 180000 then
        raise exception 'Souk needs PostgreSQL 18: statements return rows as they were before';
    end if;
    execute format('revoke all on database %I from public', database);
    execute 'revoke all on schema public from public';

    foreach service in array array['catalog', 'inventory', 'orders', 'search'] loop
        foreach role in array array[service || '_owner', service || '_app', service || '_worker'] loop
            if not exists (select from pg_roles where rolname = role) then
                execute format('create role %I login', role);
            end if;
            execute format('alter role %I set search_path = %I', role, service);
            execute format('alter role %I set timezone = %L', role, 'UTC');
            execute format('grant connect on database %I to %I', database, role);
        end loop;

        -- A request that waits longer has lost its caller. A lock is waited for less long than the statement may take,
        -- so that the error says what was in the way.
        role := service || '_app';
        execute format('alter role %I set statement_timeout = %L', role, '10s');
        execute format('alter role %I set lock_timeout = %L', role, '5s');
        execute format('alter role %I set idle_in_transaction_session_timeout = %L', role, '15s');

        role := service || '_worker';
        execute format('alter role %I set statement_timeout = %L', role, '60s');
        execute format('alter role %I set lock_timeout = %L', role, '10s');
        execute format('alter role %I set idle_in_transaction_session_timeout = %L', role, '60s');

        -- A migration may compute for long but must not queue the traffic behind a lock it waits for. Flyway holds its
        -- own lock in an idle transaction while it migrates, hence the long idle time.
        role := service || '_owner';
        execute format('alter role %I set statement_timeout = 0', role);
        execute format('alter role %I set lock_timeout = %L', role, '5s');
        execute format('alter role %I set idle_in_transaction_session_timeout = %L', role, '30min');

        -- Whoever is not a superuser must be a member of the owner to make its schema and its default privileges.
        if not pg_has_role(current_user, role, 'USAGE') then
            execute format('grant %I to current_user', role);
        end if;
        execute format('create schema if not exists %I authorization %I', service, role);
        execute format('revoke all on schema %I from public', service);
        execute format('grant usage on schema %I to %I, %I', service, service || '_app', service || '_worker');

        -- Rows of tables that migrations make later; a table that needs less says so. Identity columns need no right to their
        -- sequence, and a function is granted by the migration that makes it.
        execute format(
            'alter default privileges for role %I in schema %I grant select, insert, update, delete on tables to %I, %I',
            role, service, service || '_app', service || '_worker');
        execute format(
            'alter default privileges for role %I in schema %I revoke all on sequences from %I, %I',
            role, service, service || '_app', service || '_worker');
        execute format('alter default privileges for role %I revoke execute on functions from public', role);
        execute format(
            'alter default privileges for role %I in schema %I revoke all on functions from %I, %I',
            role, service, service || '_app', service || '_worker');
    end loop;

    -- For operators: which statements cost what. Needs shared_preload_libraries = 'pg_stat_statements' to show anything.
    begin
        create extension if not exists pg_stat_statements schema public;
    exception
        when insufficient_privilege or feature_not_supported or undefined_file then
            raise notice 'pg_stat_statements was not made: %', sqlerrm;
    end;
end
$$;
