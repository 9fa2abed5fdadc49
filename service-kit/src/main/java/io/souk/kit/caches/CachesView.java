package io.souk.kit.caches;

import io.souk.kit.view.AgeQuantiles;
import io.souk.kit.view.CacheAdmin;
import io.souk.kit.view.CacheAdmin.KindState;
import io.souk.kit.view.CacheAdmin.TopicState;
import io.souk.kit.view.CacheNumbers.Sizes;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The cache as the replica that answers sees it. */
@Schema(name = "Caches")
record CachesView(
        @Schema(description = "What the cache holds since it was last known to be empty; absent where there is none")
        @Nullable
        UUID generation,

        @Schema(description = "Why nothing is served from Redis; absent when all is well") @Nullable
        String doubt,

        List<Kind> kinds,
        List<Topic> topics,

        @Schema(description = "The last one of this replica, or the one that runs; absent when there was none")
        @Nullable
        RebuildView rebuild) {

    @Schema(name = "CachedKind", description = "Counted in this replica since it began, but for the keys")
    record Kind(
            String kind,

            @Schema(description = "Entries in Redis, of deleted and absent ones too")
            long keys,

            @Schema(description = "Whether all were counted; if not, `keys` is an estimate from some 5,000 names")
            boolean keysExact,

            @Schema(description = "Reads that Redis answered")
            long hits,

            @Schema(description = "Reads that it had nothing servable for, by why")
            Map<String, Long> misses,

            @Schema(description = "Reads for which Redis was not asked, or could not be")
            long bypasses,

            @Schema(description = "Hits of hits and misses, 0 to 1; absent before the first read") @Nullable
            Double hitRate,

            @Schema(description = "Answers given out with Souk-Stale")
            long stale,

            @Schema(description = "Seconds for which hits were not proven, about; absent before the first") @Nullable
            AgeQuantiles age,

            Audit audit) {}

    @Schema(name = "CacheAudit", description = "What this replica's auditor has held against the tables")
    record Audit(
            @Schema(description = "Entries that were looked at")
            long checked,

            @Schema(description = "Those that turned out wrong, by fault")
            Map<String, Long> wrong,

            @Schema(description = "Those of them that were taken away, and their version told again")
            long repaired) {}

    @Schema(name = "CachedTopic")
    record Topic(
            String aggregate,

            @Schema(
                    description =
                            "Seconds since the moment up to which all its shards are applied; absent where a shard has none")
            @Nullable
            Double behindSeconds) {}

    static CachesView of(CacheAdmin.State state, Sizes sizes, Map<String, AgeQuantiles> ages) {
        return new CachesView(
                state.generation(),
                state.doubt(),
                state.kinds().entrySet().stream()
                        .map(kind -> kind(kind.getKey(), kind.getValue(), sizes, ages.get(kind.getKey())))
                        .toList(),
                state.topics().stream().map(CachesView::topic).toList(),
                state.rebuild() == null ? null : RebuildView.of(state.rebuild()));
    }

    private static Kind kind(String name, KindState state, Sizes sizes, @Nullable AgeQuantiles age) {
        long missed =
                state.misses().values().stream().mapToLong(Long::longValue).sum();
        long asked = state.hits() + missed;
        return new Kind(
                name,
                sizes.entries().getOrDefault(name, 0L),
                sizes.exact(),
                state.hits(),
                state.misses(),
                state.bypasses(),
                asked == 0 ? null : (double) state.hits() / asked,
                state.stale(),
                age,
                new Audit(
                        state.audit().checked(),
                        state.audit().stale(),
                        state.audit().repaired()));
    }

    private static Topic topic(TopicState state) {
        return new Topic(state.aggregate(), state.behindMillis() == null ? null : state.behindMillis() / 1e3);
    }
}
