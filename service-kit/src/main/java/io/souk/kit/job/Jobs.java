package io.souk.kit.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.souk.kit.id.Ids;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;

/** Makes jobs and tells how they are doing; {@link JobRunner} does them. */
@ApplicationScoped
public class Jobs {
    /** Above every UUIDv7. */
    private static final UUID AFTER_ALL = new UUID(-1L, -1L);

    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration SLOWEST_LOOK = Duration.ofMillis(500);

    private final Transactions transactions;
    private final JobRepository repository;
    private final JobRunner runner;
    private final Vertx vertx;

    Jobs(Transactions transactions, JobRepository repository, JobRunner runner, Vertx vertx) {
        this.transactions = transactions;
        this.repository = repository;
        this.runner = runner;
        this.vertx = vertx;
    }

    /** A job that starts as soon as the caller's transaction has committed. */
    public Uni<Job> create(Tx tx, String kind, JsonNode input, @Nullable Long total) {
        tx.afterCommit(this::nudge);
        return repository.insert(tx, Ids.next(), kind, input, total);
    }

    /** Null when this tenant has no such job. */
    public Uni<@Nullable Job> find(TenantId tenant, UUID id) {
        return transactions.inTenant(tenant, tx -> repository.find(tx, id));
    }

    /** The tenant's jobs of one kind, newest first. */
    public Uni<Page<Job>> list(TenantId tenant, String kind, Limit limit, @Nullable String cursor) {
        return Uni.createFrom().deferred(() -> {
            var before = cursor == null ? AFTER_ALL : Cursor.id(Cursor.decode(cursor, 1), 0);
            return transactions
                    .inTenant(tenant, tx -> repository.list(tx, kind, before, limit.probe()))
                    .map(jobs -> Page.of(jobs, limit, last -> Cursor.encode(last.id())));
        });
    }

    /** The job once it has ended, or as it is when the time is up; null when this tenant has no such job. */
    public Uni<@Nullable Job> await(TenantId tenant, UUID id, Duration atMost) {
        return Uni.createFrom().deferred(() -> await(tenant, id, System.nanoTime() + atMost.toNanos(), FIRST_LOOK));
    }

    private Uni<@Nullable Job> await(TenantId tenant, UUID id, long deadline, Duration pause) {
        return find(tenant, id).chain(job -> {
            var left = deadline - System.nanoTime();
            if (job == null || job.state().isFinal() || left <= 0) {
                return Uni.createFrom().item(job);
            }
            var doubled = pause.multipliedBy(2);
            var next = doubled.compareTo(SLOWEST_LOOK) < 0 ? doubled : SLOWEST_LOOK;
            return after(Math.min(pause.toNanos(), left)).chain(() -> await(tenant, id, deadline, next));
        });
    }

    /** On the caller's own context, unlike Mutiny's delays. */
    private Uni<Void> after(long nanos) {
        return Uni.createFrom()
                .emitter(emitter -> vertx.setTimer(Math.max(1, nanos / 1_000_000), _ -> emitter.complete(null)));
    }

    /** Looks for work now rather than at the next poll. */
    public void nudge() {
        runner.wake();
    }
}
