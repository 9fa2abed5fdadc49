package io.souk.search.index;

import io.souk.kit.event.Order;
import io.souk.kit.tenant.TenantId;
import io.souk.search.document.SearchDocument;
import io.souk.search.query.Facet;
import io.souk.search.query.Filter;
import io.souk.search.query.Found;
import io.souk.search.query.FoundProduct;
import io.souk.search.query.Ordering;
import io.souk.search.query.Position;
import io.souk.search.query.SearchQuery;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A real index in a folder, filled by hand and searched without a service around it. */
final class Shelf implements AutoCloseable {
    static final TenantId TENANT = new TenantId("kosher-market");

    private final LuceneIndex index;

    Shelf(Path folder) {
        try {
            index = LuceneIndex.open(config(folder), Clock.systemUTC());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static IndexConfig config(Path folder) {
        return config(folder, Duration.ofHours(1));
    }

    static IndexConfig config(Path folder, Duration catchUpPatience) {
        return new TestConfig(
                folder,
                IndexDirectory.NIO,
                Duration.ofMillis(20),
                Duration.ofSeconds(5),
                catchUpPatience,
                16,
                2,
                8,
                Duration.ofSeconds(10));
    }

    record TestConfig(
            Path indexDir,
            IndexDirectory indexDirectory,
            Duration refreshInterval,
            Duration commitInterval,
            Duration catchUpPatience,
            int indexBufferMegabytes,
            int searchThreads,
            int searchQueue,
            Duration searchTimeout)
            implements IndexConfig {}

    Shelf with(SearchDocument... products) {
        return with(TENANT, products);
    }

    Shelf with(TenantId tenant, SearchDocument... products) {
        return with(tenant, List.of(products));
    }

    Shelf with(TenantId tenant, List<SearchDocument> products) {
        apply(products.stream()
                .map(product -> new IndexChange(tenant, product.id(), new Order(1, product.version()), product))
                .toList());
        return this;
    }

    Shelf without(UUID product, long version) {
        apply(List.of(new IndexChange(TENANT, product, new Order(1, version), null)));
        return this;
    }

    private void apply(List<IndexChange> changes) {
        try {
            index.apply(changes, Map.of());
            index.refresh();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Ask ask() {
        return new Ask();
    }

    List<String> names(String text) {
        return ask().text(text).names();
    }

    /** A query that is being put together: everything, by relevance, until something else is said. */
    final class Ask {
        private TenantId tenant = TENANT;
        private String text = "";
        private boolean prefix;
        private List<Filter> filters = List.of();
        private Ordering ordering = Ordering.RELEVANCE;
        private @Nullable String currency;
        private int limit = 200;
        private @Nullable Position after;
        private List<Facet> facets = List.of();

        Ask of(TenantId tenant) {
            this.tenant = tenant;
            return this;
        }

        Ask text(String text) {
            this.text = text;
            return this;
        }

        Ask asPrefix() {
            prefix = true;
            return this;
        }

        Ask where(Filter... filters) {
            this.filters = List.of(filters);
            return this;
        }

        Ask by(Ordering ordering) {
            this.ordering = ordering;
            return this;
        }

        Ask in(String currency) {
            this.currency = currency;
            return this;
        }

        Ask page(int limit, @Nullable Position after) {
            this.limit = limit;
            this.after = after;
            return this;
        }

        Ask count(Facet... facets) {
            this.facets = List.of(facets);
            return this;
        }

        SearchQuery query() {
            return new SearchQuery(tenant, text, prefix, filters, ordering, currency, limit, after, facets);
        }

        Found find() {
            var deadline = new SearchThreads.Deadline(
                    System.nanoTime() + Duration.ofSeconds(30).toNanos());
            try {
                var searcher = index.acquire();
                try {
                    return new LuceneSearch(searcher.getIndexReader(), query(), deadline).run();
                } finally {
                    index.release(searcher);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        List<String> names() {
            return find().items().stream().map(FoundProduct::name).toList();
        }

        List<UUID> ids() {
            return find().items().stream().map(FoundProduct::id).toList();
        }
    }

    @Override
    public void close() {
        try {
            index.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
