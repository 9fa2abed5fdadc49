package io.souk.catalog.imports;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.job.Job;
import io.souk.kit.job.JobState;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** An import as it is read. */
@RegisterForReflection
@Schema(name = "Import")
public record ImportView(
        UUID id,
        JobState state,
        @Schema(examples = "openfoodfacts") @Nullable String mapping,
        @Schema(description = "Lines of the file") @Nullable Long lines,
        @Schema(description = "Lines that are done") long done,
        Counts counts,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,

        @Schema(description = "Why the import as a whole has failed") @Nullable
        String failure) {

    /** Rows by what became of them; blank lines are no rows. */
    @RegisterForReflection
    @Schema(name = "ImportCounts")
    public record Counts(long created, long updated, long unchanged, long rejected) {}

    static ImportView of(Job job) {
        return new ImportView(
                job.id(),
                job.state(),
                ImportJob.Input.of(job.input()).mapping(),
                job.total(),
                job.position(),
                new Counts(
                        count(job, Outcome.CREATED),
                        count(job, Outcome.UPDATED),
                        count(job, Outcome.UNCHANGED),
                        count(job, Outcome.REJECTED)),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.failure());
    }

    private static long count(Job job, Outcome outcome) {
        return job.counts().getOrDefault(outcome.count(), 0L);
    }
}
