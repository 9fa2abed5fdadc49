package io.souk.kit.job;

import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.id.Ids;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import static io.souk.kit.problem.KitProblem.CONFLICT;

/** Counts to the job's total, a thing and ten numbers per step, and fails as the job's input says. */
@ApplicationScoped
class Counting implements JobHandler {
    static final String KIND = "counting";
    private static final int STEP = 10;

    private final Things things;
    private final Map<UUID, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final Set<String> tenantsAtWork = ConcurrentHashMap.newKeySet();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final Map<String, CompletableFuture<Void>> gates = new ConcurrentHashMap<>();
    private final Set<String> endless = ConcurrentHashMap.newKeySet();

    Counting(Things things) {
        this.things = things;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** How often two steps of one tenant were seen at the same time. */
    int overlaps() {
        return overlaps.get();
    }

    /** Jobs of this tenant go on without an end until they are let go. */
    void hold(String tenant) {
        endless.add(tenant);
    }

    /** A step that fails as {@code gate} fails when this is completed. */
    CompletableFuture<Void> gate(String tenant) {
        return gates.computeIfAbsent(tenant, _ -> new CompletableFuture<>());
    }

    boolean isAtWork(String tenant) {
        return tenantsAtWork.contains(tenant);
    }

    void letGo(String tenant) {
        endless.remove(tenant);
    }

    @Override
    public Uni<JobStep> step(Tx tx, Job job) {
        var tenant = tx.tenant().value();
        if (!tenantsAtWork.add(tenant)) {
            overlaps.incrementAndGet();
        }
        return things.write(tx, Ids.next(), "counted")
                .chain(() -> count(job))
                .onTermination()
                .invoke(() -> tenantsAtWork.remove(tenant));
    }

    /** The report of a job is the tenant's counted things. */
    @Override
    public Uni<Integer> forget(SqlConnection worker, Job job, int rows) {
        return worker.preparedQuery("""
                        delete from thing
                         where (tenant, id) in (select tenant, id from thing where tenant = $1 and name = 'counted' limit $2)
                        """)
                .execute(Tuple.of(job.tenant().value(), rows))
                .map(SqlResult::rowCount);
    }

    private Uni<JobStep> count(Job job) {
        var failAt = job.input().path("failAt").asLong(-1);
        if (job.position() == failAt) {
            var seen =
                    failures.computeIfAbsent(job.id(), _ -> new AtomicInteger()).incrementAndGet();
            if (seen <= job.input().path("times").asInt()) {
                if (job.input().path("how").asText().equals("gate")) {
                    return Uni.createFrom()
                            .completionStage(gate(job.tenant().value()))
                            .chain(_ -> Uni.createFrom().failure(failure("passing")));
                }
                if (job.input().path("how").asText().equals("later")) {
                    return Uni.createFrom().item(JobStep.later(job.position(), Duration.ofMillis(1)));
                }
                return Uni.createFrom().failure(failure(job.input().path("how").asText()));
            }
        }
        if (endless.contains(job.tenant().value())) {
            return Uni.createFrom().item(JobStep.goOn(job.position(), Map.of("waited", 1L)));
        }
        long total = job.total() == null ? 0 : job.total();
        long to = Math.min(total, job.position() + STEP);
        var counts = Map.of("counted", to - job.position());
        return Uni.createFrom().item(to == total ? JobStep.done(to, counts) : JobStep.goOn(to, counts));
    }

    private static RuntimeException failure(String how) {
        return switch (how) {
            case "passing" -> Problems.unavailable("away for a moment");
            case "refusal" -> CONFLICT.because("the counter is taken");
            default -> new IllegalStateException("a secret");
        };
    }
}
