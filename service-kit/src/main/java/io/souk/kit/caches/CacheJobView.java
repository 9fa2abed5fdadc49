package io.souk.kit.caches;

import io.souk.kit.job.Job;
import io.souk.kit.job.JobState;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** How a job over the cache is doing. */
@Schema(name = "CacheJob")
record CacheJobView(
        UUID id,
        CacheAction action,
        @Nullable String kind,
        @Nullable String tenant,

        @Schema(description = "The aggregate that is meant, if it is one") @Nullable
        UUID aggregate,

        JobState state,

        @Schema(description = "Percent of Redis' names that were looked at, about")
        int percent,

        @Schema(
                description =
                        "Cleared: that were there. Rewarmed: that were not there, and are in the tables or were deleted")
        long entries,

        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,

        @Schema(description = "Why it ended early") @Nullable
        String failure) {
    private static final long ALL = 100;

    static CacheJobView of(Job job, WalkCache.Input input) {
        return new CacheJobView(
                job.id(),
                input.action(),
                input.kind(),
                input.tenant(),
                input.id(),
                job.state(),
                percent(job, input),
                job.counts().getOrDefault(WalkCache.ENTRIES, 0L),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.failure());
    }

    /** Names come and go meanwhile, so what is not done is never all of it. */
    private static int percent(Job job, WalkCache.Input input) {
        if (job.state() == JobState.SUCCEEDED) {
            return (int) ALL;
        }
        long looked = job.counts().getOrDefault(WalkCache.NAMES, 0L);
        return (int) Math.min(ALL - 1, looked * ALL / Math.max(1, input.names()));
    }
}
