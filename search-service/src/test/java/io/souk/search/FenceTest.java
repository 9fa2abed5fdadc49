package io.souk.search;

import io.souk.kit.id.Ids;
import io.souk.testing.Database;
import io.souk.testing.FenceContract;
import io.vertx.core.json.JsonArray;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

import static io.souk.search.Catalogue.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@SearchTest
class FenceTest extends FenceContract {
    private static final List<String> TABLES =
            List.of("search_document", "document_category", "brand", "category", "product_type", "taxonomy");

    private final Catalogue catalogue = new Catalogue();

    FenceTest() {
        super("search");
    }

    @Test
    void givenRowsOfATenant_whenTheAppRoleLooks_thenItSeesThemOnlyAsThatTenant() {
        var id = Ids.next();
        var category = Ids.next();
        catalogue.tellCategory(category, 1, "Food", null);
        catalogue.tellBrand(Ids.next(), 1, "Halva");
        catalogue.tellType(Ids.next(), 1, "grocery", "Groceries");
        catalogue.tellProduct(
                id, 1, product(id, "PUBLISHED", "Milk").put("categoryIds", new JsonArray().add(category.toString())));
        catalogue.awaitAll("Milk");

        try (var app = Database.of("search", "app")) {
            for (var table : TABLES) {
                assertThat(app.query("select tenant from search." + table))
                        .as(table)
                        .isEmpty();
            }
            app.as("other");
            for (var table : TABLES) {
                assertThat(app.query("select tenant from search." + table + " where tenant <> 'other'"))
                        .isEmpty();
            }
            assertThat(app.query("update search.search_document set version = version + 1 returning tenant"))
                    .isEmpty();
            assertThatThrownBy(() -> app.query("""
                            insert into search.brand (tenant, id, epoch, version, name, spread)
                            values (?, ?, 1, 1, 'x', true)
                            returning id
                            """, catalogue.tenant(), UUID.randomUUID()))
                    .hasMessageContaining("row-level security");
            app.as(catalogue.tenant());
            assertThat(app.query("select product_id from search.search_document"))
                    .containsExactly(id.toString());
            assertThat(app.query("select product_id from search.document_category"))
                    .containsExactly(id.toString());
        }
    }
}
