package io.souk.catalog.imports;

import io.smallrye.mutiny.Uni;
import io.souk.kit.job.Job;
import io.souk.kit.job.Jobs;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/** Imports and what became of their rows. */
@ApplicationScoped
class FindImports {
    private final Transactions transactions;
    private final ImportRepository imports;
    private final Jobs jobs;

    FindImports(Transactions transactions, ImportRepository imports, Jobs jobs) {
        this.transactions = transactions;
        this.imports = imports;
        this.jobs = jobs;
    }

    Uni<Job> one(TenantId tenant, UUID id) {
        return jobs.find(tenant, id).map(FindImports::present);
    }

    /** The import once it has ended, or as it is when the time is up. */
    Uni<Job> await(TenantId tenant, UUID id, Duration atMost) {
        return jobs.await(tenant, id, atMost).map(FindImports::present);
    }

    /** Newest first. */
    Uni<Page<Job>> page(TenantId tenant, @Nullable String cursor, Limit limit) {
        return jobs.list(tenant, ImportJob.KIND, limit, cursor);
    }

    /** In the order of lines; of all outcomes when none is named. */
    Uni<Page<ImportRecord>> records(
            TenantId tenant, UUID id, @Nullable Outcome outcome, @Nullable String cursor, Limit limit) {
        var after = cursor == null ? 0 : Cursor.number(Cursor.decode(cursor, 1), 0);
        return one(tenant, id)
                .chain(job ->
                        transactions.inTenant(tenant, tx -> imports.page(tx, job.id(), outcome, after, limit.probe())))
                .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.line())));
    }

    private static Job present(@Nullable Job job) {
        if (job == null || !job.kind().equals(ImportJob.KIND)) {
            throw NOT_FOUND.because("No import has this id");
        }
        return job;
    }
}
