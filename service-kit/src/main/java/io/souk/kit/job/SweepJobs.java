package io.souk.kit.job;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Removes jobs that ended longer ago than they are kept, with what their handlers keep of them. */
@ApplicationScoped
class SweepJobs implements Sweep {
    /** Jobs per transaction. */
    static final int JOBS = 100;

    /** Their handlers' rows per transaction: some 50 ms of work, so that no lock is held for long. */
    static final int ROWS = 5_000;

    private final Transactions transactions;
    private final JobRepository repository;
    private final JobsConfig config;
    private final Map<String, JobHandler> handlers;

    SweepJobs(Transactions transactions, JobRepository repository, JobsConfig config, @All List<JobHandler> handlers) {
        this.transactions = transactions;
        this.repository = repository;
        this.config = config;
        this.handlers = handlers.stream().collect(Collectors.toUnmodifiableMap(JobHandler::kind, Function.identity()));
    }

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Uni<Boolean> sweep() {
        return transactions.asWorker(worker -> repository
                .takeExpired(worker, config.retention(), JOBS)
                .chain(jobs -> forget(worker, jobs.iterator(), ROWS).map(left -> left == 0 || jobs.size() == JOBS)));
    }

    /** Job by job until their handlers' rows are used up; returns how many of these are left. */
    private Uni<Integer> forget(SqlConnection worker, Iterator<Job> jobs, int rows) {
        if (rows == 0 || !jobs.hasNext()) {
            return Uni.createFrom().item(rows);
        }
        var job = jobs.next();
        return rowsOf(worker, job, rows)
                .chain(removed -> removed == rows
                        ? Uni.createFrom().item(0)
                        : repository.delete(worker, job).chain(() -> forget(worker, jobs, rows - removed)));
    }

    /** A kind that no handler knows any more has nothing else. */
    private Uni<Integer> rowsOf(SqlConnection worker, Job job, int rows) {
        var handler = handlers.get(job.kind());
        return handler == null ? Uni.createFrom().item(0) : handler.forget(worker, job, rows);
    }
}
