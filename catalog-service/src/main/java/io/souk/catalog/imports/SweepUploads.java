package io.souk.catalog.imports;

import io.smallrye.mutiny.Uni;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;

/** Removes what is left of uploads that broke off together with the process that took them in. */
@ApplicationScoped
class SweepUploads implements Sweep {
    private static final int BATCH = 20;

    private final Transactions transactions;
    private final ImportRepository imports;
    private final ImportsConfig config;

    SweepUploads(Transactions transactions, ImportRepository imports, ImportsConfig config) {
        this.transactions = transactions;
        this.imports = imports;
        this.config = config;
    }

    @Override
    public String name() {
        return "import-uploads";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Uni<Boolean> sweep() {
        return transactions
                .asWorker(worker -> imports.deleteAbandoned(worker, config.abandonedAfter(), BATCH))
                .map(deleted -> deleted == BATCH);
    }
}
