package io.souk.kit.retelling;

import io.souk.kit.job.Job;
import io.souk.kit.job.JobState;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How a retelling is doing. */
@Schema(name = "Retelling")
record RetellingView(
        UUID id,
        JobState state,
        List<String> aggregates,

        @Schema(description = "What it does at the moment, or did last")
        RetellingPhase phase,

        @Schema(description = "Of which aggregate; absent where it is of all") @Nullable
        String aggregate,

        @Schema(description = "Parts done: partitions read, aggregates told")
        long parts,

        @Schema(description = "Parts that there are") long partsTotal,

        @Schema(description = "Events of the log that were read")
        long records,

        @Schema(description = "Rows that were told once more, deleted ones too; one may be told twice")
        long rows,

        @Schema(description = "Deletions that were told of what only the log knows")
        long lost,

        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,

        @Schema(description = "Why it ended early") @Nullable
        String failure) {
    static RetellingView of(Job job, RetellAggregates.Input input) {
        var plan = input.plan();
        var part = plan.at(job.position());
        return new RetellingView(
                job.id(),
                job.state(),
                input.aggregates(),
                part.phase(),
                switch (part) {
                    case Plan.Part.Log log -> log.aggregate();
                    case Plan.Part.Rows rows -> rows.aggregate();
                    case Plan.Part.Lost _ -> null;
                },
                job.position(),
                plan.size(),
                job.counts().getOrDefault(ReadLog.RECORDS, 0L),
                job.counts().getOrDefault(TellRows.ROWS, 0L),
                job.counts().getOrDefault(TellLost.LOST, 0L),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.failure());
    }
}
