package io.souk.stack;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BootstrapTest {
    static final List<String> SERVICES = Bootstrap.services();

    private static final Path FOLDER = CacheFolder.ofUser()
            .resolve("bootstrap-test-" + ProcessHandle.current().pid());
    private static final Map<String, String> PASSWORDS = new HashMap<>();
    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        Folders.make(FOLDER);
        var data = FOLDER.resolve("postgres");
        server = PostgresServer.start(CacheFolder.ofUser(), data, FreePort.next(), Duration.ofSeconds(60));
        PASSWORDS.put("postgres", PostgresServer.superuserPassword(data));
        for (var service : SERVICES) {
            for (var role : List.of("owner", "app", "worker")) {
                PASSWORDS.put(service + "_" + role, "it's " + role);
            }
        }
        bootstrap("souk");
        for (var service : SERVICES) {
            sql(service + "_owner", "create table thing (id int generated always as identity primary key, name text)");
            sql(service + "_owner", "create function one() returns int language sql as 'select 1'");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        Folders.delete(FOLDER);
    }

    @Test
    void givenABootstrappedDatabase_whenBootstrappedAgain_thenNothingIsLost() throws Exception {
        sql("catalog_app", "insert into thing (name) values ('kept')");

        bootstrap("souk");

        assertThat(sql("catalog_worker", "select count(*) from thing where name = 'kept'"))
                .isEqualTo("1");
    }

    @Test
    void givenOneServer_whenASecondDatabaseIsBootstrapped_thenItHasTablesOfItsOwn() throws Exception {
        bootstrap("other");

        try (var connection = connect("catalog_owner", "other")) {
            assertThat(sql(connection, "select to_regclass('thing') is null")).isEqualTo("t");
        }
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void whenAnAppWrites_thenItMayUseRowsAndNothingElse(String service) throws Exception {
        for (var role : List.of(service + "_app", service + "_worker")) {
            sql(role, "insert into thing (name) values ('a')");
            sql(role, "update thing set name = 'b'");
            sql(role, "delete from thing");
            assertThat(sql(role, """
                    select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user
                    """)).isEqualTo("0");
            assertThat(
                            sql(
                                    role,
                                    "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user"))
                    .isEqualTo("f");
            for (var forbidden : List.of(
                    "select one()",
                    "select nextval('thing_id_seq')",
                    "select last_value from thing_id_seq",
                    "truncate thing",
                    "drop table thing",
                    "alter table thing add column extra text",
                    "create table own (id int)",
                    "create temporary table own (id int)",
                    "create schema own",
                    "create table public.own (id int)",
                    "set role " + service + "_owner")) {
                assertThatThrownBy(() -> sql(role, forbidden)).as(forbidden).isInstanceOf(SQLException.class);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void whenARoleReachesForAnotherService_thenItIsDenied(String service) {
        for (var other : SERVICES) {
            for (var role : List.of("owner", "app", "worker")) {
                if (!other.equals(service)) {
                    assertThatThrownBy(() -> sql(other + "_" + role, "select * from " + service + ".thing"))
                            .hasMessageContaining("permission denied for schema " + service);
                }
            }
        }
    }

    @Test
    void whenARoleLogsInWithAnotherPassword_thenItIsDenied() {
        var url = "jdbc:postgresql://127.0.0.1:%d/souk".formatted(server.port());
        for (var user : List.of("postgres", "catalog_owner", "catalog_app")) {
            assertThatThrownBy(() -> DriverManager.getConnection(url, user, "wrong"))
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void whenLoggedIn_thenPathAndTimeoutsAreSet() throws Exception {
        assertThat(sql("orders_app", "show search_path")).isEqualTo("orders");
        assertThat(sql("orders_app", "show statement_timeout")).isEqualTo("10s");
        assertThat(sql("orders_worker", "show lock_timeout")).isEqualTo("10s");
        assertThat(sql("orders_owner", "show statement_timeout")).isEqualTo("0");
    }

    /** Managed databases give no superuser. */
    @Test
    void givenAnAdministratorWhoIsNoSuperuser_whenRunningTheScriptTwice_thenItWorks() throws Exception {
        try (var postgres = superuser("postgres")) {
            sql(postgres, "create role administrator login createrole password 'admin'");
            sql(postgres, "create database managed owner administrator");
            for (var service : SERVICES) {
                for (var role : List.of("owner", "app", "worker")) {
                    sql(postgres, "grant %s_%s to administrator with admin option".formatted(service, role));
                }
            }
        }
        var url = "jdbc:postgresql://127.0.0.1:%d/managed".formatted(server.port());

        try (var administrator = DriverManager.getConnection(url, "administrator", "admin")) {
            sql(administrator, Bootstrap.script());
            sql(administrator, Bootstrap.script());
        }

        try (var app = connect("search_owner", "managed")) {
            sql(app, "create table thing (id int)");
        }
    }

    private static void bootstrap(String database) {
        Bootstrap.run("127.0.0.1", server.port(), database, PASSWORDS);
    }

    private static String sql(String role, String sql) throws SQLException {
        try (var connection = connect(role, "souk")) {
            return sql(connection, sql);
        }
    }

    private static String sql(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            var rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection superuser(String database) throws SQLException {
        return connect("postgres", database);
    }

    private static Connection connect(String role, String database) throws SQLException {
        var url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.port(), database);
        return DriverManager.getConnection(url, role, PASSWORDS.get(role));
    }
}
