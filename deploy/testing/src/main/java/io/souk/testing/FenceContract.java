package io.souk.testing;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the database itself refuses to a service's roles, whatever the code above it does. Each service runs it against its own
 * migrated schema, in a test that has started the service.
 */
public abstract class FenceContract {
    private static final String TENANT_IS_THE_SET_ONE =
            "(tenant = NULLIF(current_setting('souk.tenant'::text, true), ''::text))";

    private final String service;

    protected FenceContract(String service) {
        this.service = service;
    }

    private List<String> tenantTables(Database database) {
        var tables = database.query("""
                select c.oid::regclass::text
                  from pg_class c
                  join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped
                 where c.relnamespace = ?::regnamespace
                   and c.relkind in ('r', 'p')
                 order by 1
                """, service);
        assertThat(tables).as("tables with a tenant").contains("outbox", "inbox", "idempotency_key");
        return tables;
    }

    /** Migrations that let others work add constraints unchecked, and build indexes in steps. */
    @Test
    void noConstraintAndNoIndexIsLeftHalfDone() {
        try (var owner = Database.of(service, "owner")) {
            assertThat(owner.query("""
                            select conrelid::regclass || '.' || conname
                              from pg_constraint
                             where connamespace = ?::regnamespace
                               and not convalidated
                            """, service)).isEmpty();
            assertThat(owner.query("""
                            select c.oid::regclass::text
                              from pg_index i
                              join pg_class c on c.oid = i.indexrelid
                             where c.relnamespace = ?::regnamespace
                               and not (i.indisvalid and i.indisready)
                            """, service)).isEmpty();
        }
    }

    @Test
    void everyTableWithATenantIsFenced() {
        try (var worker = Database.of(service, "worker")) {
            for (var table : tenantTables(worker)) {
                assertThat(worker.query("select relrowsecurity from pg_class where oid = ?::regclass", table))
                        .as("row-level security of %s", table)
                        .containsExactly("t");
                assertThat(worker.query("""
                                select coalesce(qual, with_check)
                                  from pg_policies
                                 where schemaname = ?
                                   and tablename = ?
                                   and not roles <@ array[? || '_worker']::name[]
                                """, service, table, service))
                        .as("policies of %s, the worker's left out", table)
                        .isNotEmpty()
                        .containsOnly(TENANT_IS_THE_SET_ONE);
                assertThat(worker.query("""
                                select with_check
                                  from pg_policies
                                 where schemaname = ?
                                   and tablename = ?
                                   and not roles <@ array[? || '_worker']::name[]
                                   and with_check is not null
                                """, service, table, service))
                        .as("what may be written to %s", table)
                        .allMatch(TENANT_IS_THE_SET_ONE::equals);
            }
        }
    }

    /** An owner is not held back by the policies, nor is a superuser, nor whoever may become one of them. */
    @Test
    void theRolesThatServeOwnNothingAndCannotBecomeAnother() {
        for (var role : List.of("app", "worker")) {
            try (var database = Database.of(service, role)) {
                assertThat(database.query("""
                                select relname from pg_class where relowner = current_user::regrole
                                union all
                                select nspname from pg_namespace where nspowner = current_user::regrole
                                union all
                                select proname from pg_proc where proowner = current_user::regrole
                                """)).as("what %s owns", role).isEmpty();
                assertThat(database.query("""
                                select rolname
                                  from pg_roles
                                 where rolname = current_user and (rolsuper or rolbypassrls or rolcreaterole)
                                    or rolname <> current_user and pg_has_role(current_user, oid, 'member')
                                """))
                        .as("what %s may do or become", role)
                        .isEmpty();
            }
        }
    }

    @Test
    void withoutATenantNothingIsSeenAndWithOneOnlyItsOwn() {
        try (var worker = Database.of(service, "worker");
                var app = Database.of(service, "app")) {
            for (var table : tenantTables(worker)) {
                app.as("");
                assertThat(seen(app, table, "true"))
                        .as("without a tenant: %s", table)
                        .isEmpty();
                app.as("fence");
                assertThat(seen(app, table, "tenant <> 'fence'"))
                        .as("of others: %s", table)
                        .isEmpty();
            }
        }
    }

    /** A table that the role may not read at all shows nothing either. */
    private static List<String> seen(Database app, String table, String which) {
        boolean mayRead =
                app.query("select has_table_privilege(?, 'select')", table).contains("t");
        return mayRead ? app.query("select tenant from " + table + " where " + which + " limit 1") : List.of();
    }

    @Test
    void noOtherSchemaCanBeUsed() {
        for (var role : List.of("app", "worker", "owner")) {
            try (var database = Database.of(service, role)) {
                assertThat(database.query("""
                                select nspname
                                  from pg_namespace
                                 where nspname not in (?, 'pg_catalog', 'information_schema', 'pg_toast')
                                   and nspname not like 'pg\\_temp%' and nspname not like 'pg\\_toast\\_temp%'
                                   and (has_schema_privilege(oid, 'usage') or has_schema_privilege(oid, 'create'))
                                """, service))
                        .as("schemas that %s can use", role)
                        .isEmpty();
            }
        }
        var other = service.equals("catalog") ? "orders" : "catalog";
        try (var app = Database.of(service, "app")) {
            assertThatThrownBy(() -> app.query("select 1 from " + other + ".outbox"))
                    .hasMessageContaining("permission denied for schema " + other);
        }
    }
}
