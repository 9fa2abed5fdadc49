package io.souk.kit.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A job as resources show it; what it was asked is the resource's business. */
public record JobView(
        UUID id,
        String kind,
        JobState state,
        long position,
        @Nullable Long total,
        Map<String, Long> counts,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String failure) {
    public static JobView of(Job job) {
        return new JobView(
                job.id(),
                job.kind(),
                job.state(),
                job.position(),
                job.total(),
                job.counts(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.failure());
    }
}
