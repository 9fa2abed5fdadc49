package io.souk.kit.deadletter;

import io.souk.kit.job.Job;
import io.souk.kit.job.JobState;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** How a redrive is doing. */
@Schema(name = "Redrive")
record RedriveView(
        UUID id,
        JobState state,
        Letters asked,

        @Schema(description = "Open ones that were meant when it was asked for")
        long letters,

        @Schema(description = "Taken by their consumers") long redriven,

        @Schema(description = "Failed again; they stay, each with its reason")
        long failed,

        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,

        @Schema(description = "Why it ended early") @Nullable
        String failure) {
    static RedriveView of(Job job, RedriveDeadLetters.Input input) {
        return new RedriveView(
                job.id(),
                job.state(),
                input.meant(),
                input.letters(),
                job.counts().getOrDefault(RedriveDeadLetters.REDRIVEN, 0L),
                job.counts().getOrDefault(RedriveDeadLetters.FAILED, 0L),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.failure());
    }
}
