package io.souk.catalog.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogProblem;
import io.souk.kit.job.Job;
import io.souk.kit.job.JobHandler;
import io.souk.kit.job.JobStep;
import io.souk.kit.outbox.TenantBacklog;
import io.souk.kit.problem.Problem;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Works off an upload, one chunk a step. The position is the last line that was done. */
@ApplicationScoped
class ImportJob implements JobHandler {
    static final String KIND = "import";

    private final ImportRepository imports;
    private final Mappings mappings;
    private final ReadRows read;
    private final Aside aside;
    private final ImportStep step;
    private final LostRaces races;
    private final TenantBacklog backlog;
    private final ImportsConfig config;
    private final ObjectMapper json;

    ImportJob(
            ImportRepository imports,
            Mappings mappings,
            ReadRows read,
            Aside aside,
            ImportStep step,
            LostRaces races,
            TenantBacklog backlog,
            ImportsConfig config,
            ObjectMapper json) {
        this.races = races;
        this.backlog = backlog;
        this.config = config;
        this.imports = imports;
        this.mappings = mappings;
        this.read = read;
        this.aside = aside;
        this.step = step;
        this.json = json;
    }

    /** What the job was given. */
    @RegisterForReflection
    record Input(UUID upload, @Nullable String mapping) {
        static Input of(JsonNode input) {
            return new Input(
                    UUID.fromString(input.path("upload").asText()),
                    input.path("mapping").textValue());
        }
    }

    JsonNode input(Input input) {
        return json.valueToTree(input);
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Not while the relay is behind with this tenant: what others change must not wait for an import. */
    @Override
    public Uni<JobStep> step(Tx tx, Job job) {
        return backlog.exceeds(tx.tenant(), config.maxBacklog())
                .chain(behind -> behind
                        ? Uni.createFrom().item(JobStep.later(job.position(), config.backlogPause()))
                        : nextChunk(tx, job));
    }

    private Uni<JobStep> nextChunk(Tx tx, Job job) {
        var input = Input.of(job.input());
        return imports.take(tx, input.upload(), job.position() + 1)
                .chain(chunk -> chunk == null
                        ? Uni.createFrom().failure(new IllegalStateException("line " + job.position() + " is the last"))
                        : step(tx, job, input, chunk));
    }

    /** The report; of a job that failed also its claims and what it did not get to. */
    @Override
    public Uni<Integer> forget(SqlConnection worker, Job job, int rows) {
        var upload = Input.of(job.input()).upload();
        return imports.forget(worker, job.tenant(), job.id(), upload, rows);
    }

    private Uni<JobStep> step(Tx tx, Job job, Input input, Chunk chunk) {
        var pace = races.pace(job.id());
        var refusal = pace.refusalOf(chunk);
        if (pace.lines() >= chunk.lines()) {
            return step(tx, job, input, chunk, refusal);
        }
        return imports.put(tx, input.upload(), chunk.behind(pace.lines()))
                .chain(() -> step(tx, job, input, chunk.first(pace.lines()), refusal));
    }

    private Uni<JobStep> step(Tx tx, Job job, Input input, Chunk chunk, @Nullable Problem refusal) {
        var mapping = mappings.named(input.mapping());
        return aside.run(() -> read.of(chunk, mapping))
                .chain(lines -> refusal == null
                        ? step.run(tx, job.id(), mapping, lines)
                        : step.refuse(tx, job.id(), mapping, lines, refusal))
                .onFailure(ImportJob::isLostRace)
                .transform(lost -> again(job, chunk, (Problem) lost))
                .invoke(() -> tx.afterCommit(() -> races.won(job.id())))
                .map(ImportJob::counts)
                .chain(counts -> chunk.lastLine() < Objects.requireNonNull(job.total())
                        ? Uni.createFrom().item(JobStep.goOn(chunk.lastLine(), counts))
                        : tidy(tx, job, input).replaceWith(JobStep.done(chunk.lastLine(), counts)));
    }

    private static boolean isLostRace(Throwable failure) {
        return failure instanceof Problem problem && problem.code() instanceof CatalogProblem;
    }

    private Throwable again(Job job, Chunk chunk, Problem lost) {
        races.lost(job.id(), chunk, lost);
        return Problems.unavailable(String.valueOf(lost.getMessage()));
    }

    private Uni<Void> tidy(Tx tx, Job job, Input input) {
        return imports.deleteClaims(tx, job.id()).chain(() -> imports.deleteUpload(tx, input.upload()));
    }

    private static Map<String, Long> counts(List<ImportRecord> records) {
        var counts = new HashMap<String, Long>();
        records.forEach(row -> counts.merge(row.outcome().count(), 1L, Long::sum));
        return counts;
    }
}
