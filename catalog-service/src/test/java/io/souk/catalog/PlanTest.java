package io.souk.catalog;

import io.quarkus.test.junit.QuarkusTest;
import io.souk.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Row-level security keeps conditions that are not leakproof out of indexes: no hot path has one. */
@QuarkusTest
class PlanTest extends CatalogServiceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            catalog.product.ProductRepository           | LIST               | product          | id
            catalog.product.ProductRepository           | LIST               | product_category | product_id
            catalog.product.ProductRepository           | LIST               | variant          | product_id
            catalog.product.ProductRepository           | LIST               | gtin             | variant_id
            catalog.product.ProductRepository           | LOCK               | product          | id
            catalog.product.ProductRepository           | HOLD               | product          | id
            catalog.product.ProductRepository           | PAGE               | product          | id
            catalog.product.ProductRepository           | OWNERS_OF_SKUS     | variant          | sku_key
            catalog.product.ProductRepository           | OWNERS_OF_GTINS    | gtin             | gtin
            catalog.product.ProductRepository           | OWNERS_OF_SLUGS    | product          | slug
            catalog.product.ProductRepository           | ANY_OF_BRAND       | product          | brand_id
            catalog.product.ProductRepository           | ANY_IN_CATEGORY    | product_category | category_id
            catalog.product.ProductRepository           | ANY_OF_TYPE        | product          | type
            catalog.product.ProductRepository           | UPDATE             | product          | id
            catalog.product.ProductRepository           | DELETE_VARIANTS    | variant          | id
            catalog.price.PriceRepository               | LOCK               | price_list       | product_id
            catalog.price.PriceRepository               | LIST               | price_list       | product_id
            catalog.price.PriceRepository               | LIST               | price            | product_id
            catalog.price.PriceRepository               | DELETE_PRICES      | price            | product_id variant_id currency
            catalog.availability.AvailabilityRepository | LOCK               | availability     | product_id
            catalog.availability.AvailabilityRepository | LIST               | availability     | product_id
            catalog.availability.AvailabilityRepository | REACHED            | stock            | id
            catalog.availability.AvailabilityRepository | APPLY              | variant          | id
            catalog.availability.AvailabilityRepository | DOUBT              | variant          | id
            catalog.availability.AvailabilityRepository | COUNT              | variant          | product_id
            catalog.availability.AvailabilityRepository | COUNT              | stock            | variant_id
            catalog.availability.AvailabilityRepository | COUNT              | low_stock        | variant_id
            catalog.availability.LowStockRepository     | FIND               | low_stock        | variant_id
            catalog.availability.LowStockRepository     | NEXT_PRODUCTS      | availability     | product_id
            catalog.availability.AvailabilityRepository | KNOWN              | stock            | variant_id
            catalog.availability.AvailabilityRepository | ON_HAND            | stock            | variant_id
            catalog.availability.AvailabilityRepository | UPDATE             | availability     | product_id
            catalog.brand.BrandRepository               | HOLD_BY_KEY        | brand            | name_key
            catalog.category.CategoryRepository         | CHILDREN_BY_KEY    | category         | name_key
            catalog.category.CategoryRepository         | HAS_CHILDREN       | category         | parent_id
            catalog.producttype.ProductTypeRepository   | HOLD_BY_NAME       | product_type     | name
            catalog.imports.ImportRepository            | TAKE_CHUNK         | import_chunk     | upload_id first_line
            catalog.imports.ImportRepository            | CLAIMS             | import_key       | job_id key
            catalog.imports.ImportRepository            | PAGE               | import_record    | job_id line
            catalog.imports.ImportRepository            | PAGE_OF_OUTCOME    | import_record    | job_id outcome line
            """)
    void anIndexIsSearchedByTheWholeKey(String repository, String statement, String table, String columns) {
        try (var app = Database.of("catalog", "app").as("a-tenant")) {
            var plan = app.plan("io.souk." + repository, statement);

            assertThat(plan.faults(table, columns.split(" ", -1))).isEmpty();
        }
    }
}
