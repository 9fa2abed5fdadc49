package io.souk.catalog;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.souk.testing.Database;
import io.souk.testing.FenceContract;
import io.souk.testing.SoukServers;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the database itself refuses, whatever the code above it does. */
@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class FenceTest extends FenceContract {
    private static final List<String> TABLES = List.of(
            "brand",
            "category",
            "product_type",
            "product",
            "variant",
            "gtin",
            "price_list",
            "price",
            "import_record",
            "low_stock",
            "low_stock_recount",
            "tenant");

    private final Catalog shop = Catalog.fresh();

    FenceTest() {
        super("catalog");
    }

    @Test
    void theAppRoleSeesAndWritesTheRowsOfItsTenantAlone() {
        var product = shop.published();

        try (var app = Database.of("catalog", "app")) {
            for (var table : TABLES) {
                assertThat(app.query("select tenant from " + table)).as(table).isEmpty();
            }
            app.as("other");
            for (var table : TABLES) {
                assertThat(app.query("select tenant from " + table + " where tenant <> 'other'"))
                        .as(table)
                        .isEmpty();
            }
            assertThat(app.update("update product set version = version + 1")).isZero();
            assertThatThrownBy(() -> app.update(
                            "insert into brand (tenant, id, version, name, name_key, created_at, updated_at)"
                                    + " values (?, gen_random_uuid(), 1, 'x', 'x', now(), now())",
                            shop.tenant()))
                    .hasMessageContaining("row-level security");
            assertThat(app.as(shop.tenant()).query("select id from product")).containsExactly(product.id());
        }
    }
}
