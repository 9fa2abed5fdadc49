package io.souk.catalog.availability;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import io.souk.kit.job.Job;
import io.souk.kit.job.JobHandler;
import io.souk.kit.job.JobStep;
import io.souk.kit.job.Jobs;
import io.souk.kit.outbox.TenantBacklog;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Counts all products of a tenant anew once it has said another number of units, some of them a step. A product that is counted for
 * another reason meanwhile is counted with the new number already. The position is how many products were looked at.
 */
@ApplicationScoped
public class RecountLowStock implements JobHandler {
    private static final String KIND = "low-stock";
    private static final UUID NIL = new UUID(0, 0);

    /** A step is some five statements, and locks its products' availability for some tens of milliseconds. */
    private static final int PRODUCTS_A_STEP = 200;

    /** About a second of the relay's work: other changes of the tenant must not wait for these. */
    private static final int MAX_BACKLOG = 5_000;

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Jobs jobs;
    private final LowStockRepository lowStock;
    private final RecountAvailability recount;
    private final TenantBacklog backlog;

    RecountLowStock(Jobs jobs, LowStockRepository lowStock, RecountAvailability recount, TenantBacklog backlog) {
        this.jobs = jobs;
        this.lowStock = lowStock;
        this.recount = recount;
        this.backlog = backlog;
    }

    /** Begins once the caller's transaction has committed; one that is under way begins again. */
    public Uni<Void> begin(Tx tx) {
        return lowStock.beginRecount(tx, NIL)
                .chain(() -> jobs.create(tx, KIND, JsonNodeFactory.instance.objectNode(), null))
                .replaceWithVoid();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<JobStep> step(Tx tx, Job job) {
        return backlog.exceeds(tx.tenant(), MAX_BACKLOG)
                .chain(behind -> behind
                        ? Uni.createFrom().item(JobStep.later(job.position(), PAUSE))
                        : lowStock.lockRecount(tx).chain(reached -> next(tx, job, reached)));
    }

    /** A job that finds no recount was one of two, and the other has done the work of both. */
    private Uni<JobStep> next(Tx tx, Job job, @Nullable UUID reached) {
        return reached == null
                ? Uni.createFrom().item(JobStep.done(job.position(), Map.of()))
                : lowStock.nextProducts(tx, reached, PRODUCTS_A_STEP).chain(products -> count(tx, job, products));
    }

    private Uni<JobStep> count(Tx tx, Job job, List<UUID> products) {
        if (products.isEmpty()) {
            return lowStock.endRecount(tx).replaceWith(JobStep.done(job.position(), Map.of()));
        }
        return recount.of(tx, products)
                .chain(() -> lowStock.moveRecount(tx, products.getLast()))
                .replaceWith(
                        JobStep.goOn(job.position() + products.size(), Map.of("products", (long) products.size())));
    }
}
