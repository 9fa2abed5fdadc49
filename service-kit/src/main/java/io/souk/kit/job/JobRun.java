package io.souk.kit.job;

import io.smallrye.mutiny.Uni;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import org.jboss.logging.Logger;

import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/** One turn of one job: steps until it is done, has failed, has had its time, or is not ours any more. */
final class JobRun {
    private static final Logger LOG = Logger.getLogger(JobRun.class);

    private final Transactions transactions;
    private final JobRepository repository;
    private final JobsConfig config;
    private final JobHandler handler;
    private final Job job;
    private final UUID run;
    private final BooleanSupplier stopping;

    private enum Outcome {
        GO_ON,
        DEFERRED,
        DONE,
        LOST,
        CUT_OFF
    }

    /** The first argument names the run: the lease is in that name, and a name is never used again. */
    JobRun(
            UUID run,
            Job job,
            JobHandler handler,
            Transactions transactions,
            JobRepository repository,
            JobsConfig config,
            BooleanSupplier stopping) {
        this.run = run;
        this.job = job;
        this.handler = handler;
        this.transactions = transactions;
        this.repository = repository;
        this.config = config;
        this.stopping = stopping;
    }

    /** Ends well whatever becomes of the job; fails only when its lease could not be given back and must run out. */
    Uni<Void> turn() {
        var turnEndsAt = System.nanoTime() + config.turn().toNanos();
        return steps(turnEndsAt).onFailure().recoverWithUni(this::noteFailed);
    }

    /**
     * What cut the step short, a lost connection, may keep the note of it away too: that is tried again after the usual pause
     * for as long as the lease lasts, instead of leaving the job alone until it has run out.
     */
    private Uni<Void> noteFailed(Throwable failure) {
        var note = Uni.createFrom().deferred(() -> failed(failure));
        return note.onFailure(trouble -> Problems.mayPass(trouble) && !stopping.getAsBoolean())
                .retry()
                .withBackOff(config.firstPause(), config.firstPause())
                .expireIn(config.lease().toMillis());
    }

    private Uni<Void> steps(long turnEndsAt) {
        return transactions.inTenant(job.tenant(), this::step).chain(outcome -> switch (outcome) {
            case DONE, DEFERRED -> Uni.createFrom().voidItem();
            case LOST -> lost();
            case CUT_OFF -> giveUp();
            case GO_ON -> isOver(turnEndsAt) ? release() : steps(turnEndsAt);
        });
    }

    private boolean isOver(long turnEndsAt) {
        return stopping.getAsBoolean() || System.nanoTime() - turnEndsAt >= 0;
    }

    private Uni<Outcome> step(Tx tx) {
        return repository
                .lock(tx, job.id(), run)
                .chain(locked -> locked == null ? Uni.createFrom().item(Outcome.LOST) : begin(tx, locked));
    }

    /** Not once more when the step has cut off so many runs: it would cut off this one too, with all else in the process. */
    private Uni<Outcome> begin(Tx tx, JobRepository.Claimed locked) {
        return locked.starts() > config.maxStarts()
                ? Uni.createFrom().item(Outcome.CUT_OFF)
                : handler.step(tx, locked.job()).chain(step -> record(tx, locked.job(), step));
    }

    private Uni<Outcome> record(Tx tx, Job before, JobStep step) {
        var counts = new TreeMap<>(before.counts());
        step.counts().forEach((name, added) -> counts.merge(name, added, Math::addExact));
        if (step.done()) {
            return repository.succeed(tx, job.id(), step.position(), counts).replaceWith(Outcome.DONE);
        }
        if (step.pause().isPositive()) {
            return repository
                    .defer(tx, job.id(), step.position(), counts, step.pause())
                    .replaceWith(Outcome.DEFERRED);
        }
        return repository
                .advance(tx, job.id(), step.position(), counts, config.lease())
                .replaceWith(Outcome.GO_ON);
    }

    private Uni<Void> lost() {
        LOG.infof("The %s job %s of %s goes on elsewhere", job.kind(), job.id(), job.tenant());
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> giveUp() {
        LOG.errorf("The %s job %s of %s is not begun once more", job.kind(), job.id(), job.tenant());
        var reason =
                "Gave up after " + config.maxStarts() + " starts at the same place: its process died or hung each time";
        return transactions.asWorker(worker -> repository.fail(worker, job.tenant(), job.id(), run, reason));
    }

    private Uni<Void> release() {
        return transactions.asWorker(worker -> repository.release(worker, job.tenant(), job.id(), run));
    }

    /** The row knows how often in a row: a good step of this turn has set the number back. */
    private Uni<Void> failed(Throwable failure) {
        return transactions
                .inTenant(job.tenant(), tx -> repository.lock(tx, job.id(), run))
                .chain(locked -> locked == null ? lost() : decide(failure, locked.attempts()));
    }

    private Uni<Void> decide(Throwable failure, int attempts) {
        var chance = ThreadLocalRandom.current().nextDouble();
        return switch (Retry.after(failure, attempts, config, chance)) {
            case Retry.Later(var pause) -> {
                LOG.warnf("The %s job %s of %s waits %s: %s", job.kind(), job.id(), job.tenant(), pause, failure);
                yield transactions.asWorker(worker -> repository.pause(worker, job.tenant(), job.id(), run, pause));
            }
            case Retry.Never(var reason) -> {
                LOG.errorf(failure, "The %s job %s of %s has failed", job.kind(), job.id(), job.tenant());
                yield transactions.asWorker(worker -> repository.fail(worker, job.tenant(), job.id(), run, reason));
            }
        };
    }
}
