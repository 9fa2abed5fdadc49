package io.souk.search;

import io.souk.kit.id.Ids;
import io.vertx.core.json.JsonArray;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static io.souk.search.Catalogue.config;
import static io.souk.search.Catalogue.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the database itself refuses, whatever the code above it does. */
@SearchTest
class FenceTest {
    private static final List<String> TABLES =
            List.of("search_document", "document_category", "brand", "category", "product_type", "taxonomy");

    private final Catalogue catalogue = new Catalogue();

    private static Connection connect(String kind) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%s/%s"
                        .formatted(config("souk.db.host"), config("souk.db.port"), config("souk.db.name")),
                "search_" + kind,
                config("souk.db." + kind + "-password"));
    }

    private static List<String> query(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (var rows = statement.executeQuery()) {
                var found = new ArrayList<String>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        }
    }

    @Test
    void givenTheSchema_whenLookedAt_thenEveryTenantTableIsFencedAndTheAppRoleOwnsNothing() throws SQLException {
        try (var worker = connect("worker")) {
            assertThat(query(worker, """
                            select c.relname
                              from pg_class c
                              join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'
                             where c.relnamespace = 'search'::regnamespace
                               and c.relkind in ('r', 'p')
                               and not c.relrowsecurity
                            """)).isEmpty();
            assertThat(query(worker, """
                            select relname
                              from pg_class
                             where relowner in ('search_app'::regrole, 'search_worker'::regrole)
                            """)).isEmpty();
        }
    }

    @Test
    void givenRowsOfATenant_whenTheAppRoleLooks_thenItSeesThemOnlyAsThatTenant() throws SQLException {
        var id = Ids.next();
        var category = Ids.next();
        catalogue.tellCategory(category, 1, "Food", null);
        catalogue.tellBrand(Ids.next(), 1, "Halva");
        catalogue.tellType(Ids.next(), 1, "grocery", "Groceries");
        catalogue.tellProduct(
                id, 1, product(id, "PUBLISHED", "Milk").put("categoryIds", new JsonArray().add(category.toString())));
        catalogue.awaitAll("Milk");

        try (var app = connect("app")) {
            for (var table : TABLES) {
                assertThat(query(app, "select tenant from search." + table))
                        .as(table)
                        .isEmpty();
            }
            query(app, "select set_config('souk.tenant', 'other', false)");
            for (var table : TABLES) {
                assertThat(query(app, "select tenant from search." + table + " where tenant <> 'other'"))
                        .isEmpty();
            }
            assertThat(query(app, "update search.search_document set version = version + 1 returning tenant"))
                    .isEmpty();
            assertThatThrownBy(() -> query(app, """
                            insert into search.brand (tenant, id, epoch, version, name, spread)
                            values (?, ?, 1, 1, 'x', true)
                            returning id
                            """, catalogue.tenant(), UUID.randomUUID()))
                    .hasMessageContaining("row-level security");
            query(app, "select set_config('souk.tenant', ?, false)", catalogue.tenant());
            assertThat(query(app, "select product_id from search.search_document"))
                    .containsExactly(id.toString());
            assertThat(query(app, "select product_id from search.document_category"))
                    .containsExactly(id.toString());
        }
    }
}
