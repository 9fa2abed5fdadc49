package io.souk.search.index;

import io.smallrye.mutiny.Uni;
import io.souk.kit.problem.KitProblem;
import io.souk.search.query.Found;
import io.souk.search.query.SearchEngine;
import io.souk.search.query.SearchQuery;
import jakarta.inject.Singleton;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

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
        if (!index.isServing()) {
            return Uni.createFrom()
                    .failure(KitProblem.UNAVAILABLE
                            .because("The index is being brought up to date")
                            .retryAfter(COME_AGAIN));
        }
        return threads.run(deadline ->
                index.search(searcher -> new LuceneSearch(searcher.getIndexReader(), query, deadline).run()));
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
