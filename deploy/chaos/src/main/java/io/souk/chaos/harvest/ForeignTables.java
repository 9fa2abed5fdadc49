package io.souk.chaos.harvest;

import java.util.List;

/** What services keep of other services' aggregates, and how it is emptied without losing what they own beside it. */
final class ForeignTables {
    /**
     * A service, whose replicas stand still while it is emptied.
     *
     * @param emptying statements
     */
    record Service(String name, List<String> emptying, List<Table> tables) {}

    /** @param select gives one text per row, of all columns that come from events */
    record Table(String name, String select) {}

    /** First the search, which reads what the catalogue tells again once it counts its stock anew. */
    static final List<Service> SERVICES = List.of(
            new Service(
                    "search",
                    List.of(
                            // A document's own version must go on: its parts alone come from the topics.
                            """
                            update search.search_document
                               set product_epoch = 0, product_version = 0, product = null, names = '{}', brand_id = null,
                                   price_epoch = 0, price_version = 0, prices = '{"prices":[]}',
                                   availability_epoch = 0, availability_version = 0, available = 0
                            """,
                            "truncate search.document_category, search.brand, search.category, search.product_type"),
                    List.of(
                            without("search.search_document", "version"),
                            whole("search.document_category"),
                            without("search.brand", "spread"),
                            without("search.category", "spread"),
                            whole("search.product_type"))),
            new Service(
                    "catalog",
                    List.of("truncate catalog.stock"),
                    List.of(
                            // Doubt says when a record could not be applied, not what was told.
                            without("catalog.stock", "doubted"))),
            new Service(
                    "inventory",
                    List.of("truncate inventory.known_product, inventory.variant"),
                    List.of(
                            whole("inventory.known_product"),
                            // A variant that came and went may leave no row where both are applied at once.
                            new Table(
                                    "inventory.variant",
                                    "select to_jsonb(variant)::text from inventory.variant where live"))));

    private ForeignTables() {}

    private static Table whole(String table) {
        return new Table(table, "select to_jsonb(held)::text from %s as held".formatted(table));
    }

    private static Table without(String table, String column) {
        return new Table(table, "select (to_jsonb(held) - '%s')::text from %s as held".formatted(column, table));
    }
}
