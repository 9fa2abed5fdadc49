package io.souk.search.index;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.Order;
import io.souk.kit.problem.KitProblem;
import io.souk.kit.tenant.TenantId;
import io.souk.search.index.SearchThreads.Deadline;
import io.souk.search.query.Found;
import io.souk.search.query.SearchEngine;
import io.souk.search.query.SearchQuery;
import jakarta.inject.Singleton;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Answers from this replica's own index. */
@Singleton
class LuceneEngine implements SearchEngine {
    private static final Duration COME_AGAIN = Duration.ofSeconds(2);

    /** Our queries are bounded by their words and by what may be near them; Lucene's default of 1,024 is less than that. */
    private static final int MAX_CLAUSES = 8_192;

    static {
        IndexSearcher.setMaxClauseCount(MAX_CLAUSES);
    }

    private final ReplicaIndex index;
    private final SearchThreads threads;

    LuceneEngine(ReplicaIndex index, SearchThreads threads) {
        this.index = index;
        this.threads = threads;
    }

    @Override
    public Uni<Found> find(SearchQuery query) {
        return search((searcher, deadline) -> new LuceneSearch(searcher.getIndexReader(), query, deadline).run());
    }

    @Override
    public Uni<Boolean> shows(TenantId tenant, Map<UUID, Long> documents) {
        return documents.isEmpty()
                ? Uni.createFrom().item(true)
                : search((searcher, _) -> shows(new OrderLookup(searcher.getIndexReader()), tenant, documents));
    }

    /** By version alone: a row does not know the epoch in which it was told. */
    private static boolean shows(OrderLookup orders, TenantId tenant, Map<UUID, Long> documents) throws IOException {
        for (var document : documents.entrySet()) {
            @Nullable Order shown = orders.find(Fields.key(tenant, document.getKey()));
            if (shown == null || shown.version() < document.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** Work with a searcher that keeps an eye on its deadline. */
    @FunctionalInterface
    private interface Work<T> {
        T on(IndexSearcher searcher, Deadline deadline) throws Exception;
    }

    private <T> Uni<T> search(Work<T> work) {
        if (!index.isServing()) {
            return Uni.createFrom()
                    .failure(KitProblem.UNAVAILABLE
                            .because("The index is being brought up to date")
                            .retryAfter(COME_AGAIN));
        }
        return threads.run(deadline -> index.search(searcher -> work.on(searcher, deadline)));
    }

    @Override
    public Version version() {
        return index.version();
    }

    @Override
    public @Nullable Instant staleSince() {
        return index.staleSince();
    }
}
