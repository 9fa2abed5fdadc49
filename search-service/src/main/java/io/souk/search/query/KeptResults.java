package io.souk.search.query;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.souk.search.query.SearchEngine.Version;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Results under the state of the index that they were found in, so none is ever older than the index. Equal queries at the
 * same time are searched once.
 */
@ApplicationScoped
class KeptResults {
    private final SearchEngine engine;
    private final AsyncCache<Key, Found> results;

    KeptResults(SearchEngine engine, QueryConfig config) {
        this.engine = engine;
        this.results = Caffeine.newBuilder()
                .maximumWeight(config.keptEntries())
                .weigher(KeptResults::weight)
                .buildAsync();
    }

    private record Key(Version version, SearchQuery query) {}

    Uni<Found> find(SearchQuery query) {
        var key = new Key(engine.version(), query);
        // A copy for each caller: one that goes away must not cancel the others' search.
        return Uni.createFrom()
                .completionStage(
                        () -> results.get(key, (_, _) -> engine.find(query).subscribeAsCompletionStage())
                                .copy());
    }

    private static int weight(Key key, Found found) {
        return 1
                + found.items().size()
                + found.facets().stream()
                        .mapToInt(counts -> counts.values().size())
                        .sum();
    }
}
