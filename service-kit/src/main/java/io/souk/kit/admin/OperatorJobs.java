package io.souk.kit.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Prefer;
import io.souk.kit.job.Job;
import io.souk.kit.job.Jobs;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;
import static io.souk.kit.tenant.TenantId.INSTALLATION;

/** Jobs that an operator began: one of a kind runs at a time, and no tenant sees them. */
@ApplicationScoped
public class OperatorJobs {
    private final Transactions transactions;
    private final Jobs jobs;

    OperatorJobs(Transactions transactions, Jobs jobs) {
        this.transactions = transactions;
        this.jobs = jobs;
    }

    /** A job that starts at once, or when the one before it has ended. */
    public Uni<Job> begin(String kind, JsonNode input, @Nullable Long total) {
        return transactions.inTenant(INSTALLATION, tx -> jobs.create(tx, kind, input, total));
    }

    /** The job once it has ended, or as it is when the time is up; 404 when there is none of this kind with this id. */
    public Uni<Job> await(String kind, UUID id, Duration atMost) {
        return jobs.await(INSTALLATION, id, atMost).map(job -> {
            if (job == null || !job.kind().equals(kind)) {
                throw NOT_FOUND.because("No such job has this id");
            }
            return job;
        });
    }

    /** A job that was just begun: as it is, or as it is after the time that the caller would rather wait. */
    public Uni<Job> await(Job begun, Prefer prefer) {
        return prefer.waits()
                ? await(begun.kind(), begun.id(), prefer.waitTime())
                : Uni.createFrom().item(begun);
    }

    /** Newest first. */
    public Uni<Page<Job>> page(String kind, Limit limit, @Nullable String cursor) {
        return jobs.list(INSTALLATION, kind, limit, cursor);
    }
}
