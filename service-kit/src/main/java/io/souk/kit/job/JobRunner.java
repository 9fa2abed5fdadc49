package io.souk.kit.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.souk.kit.id.Ids;
import io.souk.kit.stop.Background;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.TransactionsConfig;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Claims jobs and gives each its turn, a bounded number at a time. All that changes here is touched by one event loop
 * alone, except {@link #stopping}.
 */
@ApplicationScoped
class JobRunner implements Background {
    private static final Logger LOG = Logger.getLogger(JobRunner.class);

    private static final String UNIQUE_VIOLATION = "23505";

    private final Vertx vertx;
    private final Transactions transactions;
    private final JobRepository repository;
    private final JobsConfig config;
    private final MeterRegistry metrics;
    private final Map<String, JobHandler> handlers;
    private final CountDownLatch drained = new CountDownLatch(1);
    private final Context home;
    private volatile boolean stopping;
    private int running;
    private boolean claiming;
    private boolean claimAgain;
    private boolean claimsFail;

    JobRunner(
            Vertx vertx,
            Transactions transactions,
            JobRepository repository,
            JobsConfig config,
            TransactionsConfig limits,
            MeterRegistry metrics,
            @All List<JobHandler> handlers) {
        if (config.lease().compareTo(limits.deadline()) <= 0) { // else a step outlives its lease
            throw new IllegalArgumentException("souk.jobs.lease must be longer than souk.transactions.deadline");
        }
        this.vertx = vertx;
        this.transactions = transactions;
        this.repository = repository;
        this.config = config;
        this.metrics = metrics;
        this.handlers = handlers.stream().collect(Collectors.toUnmodifiableMap(JobHandler::kind, Function.identity()));
        this.home = vertx.getOrCreateContext();
    }

    void start(@Observes StartupEvent started) {
        if (runsJobs()) {
            home.runOnContext(_ -> poll());
        }
    }

    /** Claims nothing more; the steps under way may commit. */
    @Override
    public void stop() {
        stopping = true;
        home.runOnContext(_ -> countDownWhenIdle());
    }

    @Override
    public void awaitEnd(Duration most) throws InterruptedException {
        if (!drained.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Jobs are still running; their leases run out");
        }
    }

    /** From any thread. */
    void wake() {
        if (runsJobs() && !stopping) {
            home.runOnContext(_ -> claim());
        }
    }

    private boolean runsJobs() {
        return !handlers.isEmpty() && config.concurrency() > 0;
    }

    private void poll() {
        if (stopping) {
            return;
        }
        claim();
        var millis = config.pollEvery().toMillis();
        vertx.setTimer(millis + ThreadLocalRandom.current().nextLong(millis / 10 + 1), _ -> poll());
    }

    private void claim() {
        if (claiming) {
            claimAgain = true;
            return;
        }
        if (stopping || running >= config.concurrency()) {
            return;
        }
        claiming = true;
        claimAgain = false;
        var run = Ids.next();
        transactions
                .asWorker(worker -> repository.claim(worker, run, config.lease(), handlers.keySet()))
                .subscribe()
                .with(
                        claimed -> home.runOnContext(_ -> {
                            claimsFail = false;
                            if (claimed != null) {
                                run(run, claimed.job());
                            }
                            claimed(claimed != null);
                        }),
                        failure -> home.runOnContext(_ -> {
                            tell(failure);
                            claimed(isLostRace(failure));
                        }));
    }

    /** After a claim: another one at once when there may be more. */
    private void claimed(boolean more) {
        claiming = false;
        if (more || claimAgain) {
            claim();
        }
        countDownWhenIdle();
    }

    private void tell(Throwable failure) {
        if (!claimsFail && !isLostRace(failure)) { // once, not with every poll
            claimsFail = true;
            LOG.warnf("Jobs cannot be claimed: %s", failure);
        }
    }

    /** Another replica took another job of the same tenant and kind at the same moment. */
    private static boolean isLostRace(Throwable failure) {
        return failure instanceof PgException error && UNIQUE_VIOLATION.equals(error.getSqlState());
    }

    private void run(UUID run, Job job) {
        running++;
        var handler = Objects.requireNonNull(handlers.get(job.kind()), "claimed a kind that was not asked for");
        new JobRun(run, job, handler, transactions, repository, config, () -> stopping)
                .turn()
                .subscribe()
                .with(done -> home.runOnContext(_ -> ended(job)), failure -> {
                    LOG.warnf("The lease of the %s job %s must run out: %s", job.kind(), job.id(), failure);
                    home.runOnContext(_ -> ended(job));
                });
    }

    private void ended(Job job) {
        metrics.counter("souk.job.turns", "kind", job.kind()).increment();
        running--;
        claim();
        countDownWhenIdle();
    }

    private void countDownWhenIdle() {
        if (stopping && running == 0 && !claiming) {
            drained.countDown();
        }
    }
}
