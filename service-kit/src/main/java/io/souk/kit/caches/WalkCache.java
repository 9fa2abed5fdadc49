package io.souk.kit.caches;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.souk.kit.admin.OperatorJobs;
import io.souk.kit.job.Job;
import io.souk.kit.job.JobHandler;
import io.souk.kit.job.JobStep;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Tx;
import io.souk.kit.view.CacheWalk;
import io.souk.kit.view.CacheWalk.Entries;
import io.souk.kit.view.CacheWalk.Stretch;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;

import static io.souk.kit.view.CacheWalk.BEGINNING;

/** Clears or rewarms entries, some stretches of the walk a step. The position is where the next one begins. */
@ApplicationScoped
class WalkCache implements JobHandler {
    static final String KIND = "walk-cache";

    /** Names of the job's counts. */
    static final String NAMES = "names";

    static final String ENTRIES = "entries";

    /** So many stretches, or entries, end a step: some 10 ms of Redis, or some 100 ms of the database. */
    private static final int MOST_STRETCHES = 50;

    private static final int MOST_ENTRIES = 1_000;

    private final CacheWalk walk;
    private final OperatorJobs jobs;
    private final ObjectMapper json;

    WalkCache(CacheWalk walk, OperatorJobs jobs, ObjectMapper json) {
        this.walk = walk;
        this.jobs = jobs;
        this.json = json;
    }

    /**
     * What the job was given.
     *
     * @param names how many Redis had when it was asked for
     */
    @RegisterForReflection
    record Input(
            CacheAction action,
            @Nullable String kind,
            @Nullable String tenant,
            @Nullable UUID id,
            long names) {
        Entries entries() {
            return new Entries(kind, tenant == null ? null : new TenantId(tenant), id);
        }
    }

    Uni<Job> begin(CacheAction action, Entries meant) {
        var tenant = meant.tenant() == null ? null : meant.tenant().value();
        return walk.names()
                .map(names -> new Input(action, meant.kind(), tenant, meant.id(), meant.id() == null ? names : 0))
                .chain(input -> jobs.begin(KIND, json.valueToTree(input), null));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<JobStep> step(Tx tx, Job job) {
        var input = input(job);
        return steps(input, job.position(), new Stretch(BEGINNING, 0, 0), MOST_STRETCHES);
    }

    private Uni<JobStep> steps(Input input, long from, Stretch before, int left) {
        return walk(input, from).chain(stretch -> {
            var so =
                    new Stretch(stretch.next(), before.names() + stretch.names(), before.entries() + stretch.entries());
            if (so.next() == BEGINNING) {
                return Uni.createFrom().item(JobStep.done(BEGINNING, counts(so)));
            }
            return left == 1 || so.entries() >= MOST_ENTRIES
                    ? Uni.createFrom().item(JobStep.goOn(so.next(), counts(so)))
                    : steps(input, so.next(), so, left - 1);
        });
    }

    private Uni<Stretch> walk(Input input, long from) {
        return switch (input.action()) {
            case CLEAR -> walk.clear(input.entries(), from);
            case REWARM -> walk.rewarm(input.entries(), from);
        };
    }

    private static Map<String, Long> counts(Stretch walked) {
        return Map.of(NAMES, walked.names(), ENTRIES, walked.entries());
    }

    Input input(Job job) {
        try {
            return json.treeToValue(job.input(), Input.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("the input of job " + job.id() + " cannot be read", unreadable);
        }
    }
}
