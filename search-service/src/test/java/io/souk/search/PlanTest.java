package io.souk.search;

import io.souk.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Row-level security keeps conditions that are not leakproof out of indexes: no hot path has one. */
@SearchTest
class PlanTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            search.document.DocumentRepository | LOCK                 | search_document   | product_id
            search.document.DocumentRepository | ORDERS               | search_document   | product_id
            search.document.DocumentRepository | WRITE_PRODUCTS       | search_document   | product_id
            search.document.DocumentRepository | WRITE_PRICES         | search_document   | product_id
            search.document.DocumentRepository | WRITE_AVAILABILITIES | search_document   | product_id
            search.document.DocumentRepository | WRITE_NAMES          | search_document   | product_id
            search.document.DocumentRepository | LEAVE_CATEGORIES     | document_category | product_id
            search.taxonomy.TaxonomyRepository | REVISION             | taxonomy          | tenant
            """)
    void givenAStatementOfAHotPath_whenPlanned_thenAnIndexIsSearchedByItsKey(
            String repository, String statement, String table, String columns) {
        try (var app = Database.of("search", "app").as("a-tenant")) {
            var plan = app.plan("io.souk." + repository, statement);

            assertThat(plan.faults(table, columns.split(" ", -1))).isEmpty();
        }
    }
}
