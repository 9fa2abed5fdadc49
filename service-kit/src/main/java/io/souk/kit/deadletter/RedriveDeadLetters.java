package io.souk.kit.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.souk.kit.admin.OperatorJobs;
import io.souk.kit.consumer.Redrive;
import io.souk.kit.job.Job;
import io.souk.kit.job.JobHandler;
import io.souk.kit.job.JobStep;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Map;
import java.util.Objects;

/**
 * Hands open letters to their consumers again, one a step, in the order in which they were given up. The position is the place
 * of the last one. What it needs being away is waited for; a letter that fails otherwise stays, and the next one has its turn.
 */
@ApplicationScoped
class RedriveDeadLetters implements JobHandler {
    static final String KIND = "redrive-dead-letters";

    /** Names of the job's counts. */
    static final String REDRIVEN = "redriven";

    static final String FAILED = "failed";

    private final Transactions transactions;
    private final DeadLetterRepository letters;
    private final OperatorJobs jobs;
    private final Redrive redrive;
    private final ObjectMapper json;

    RedriveDeadLetters(
            Transactions transactions,
            DeadLetterRepository letters,
            OperatorJobs jobs,
            Redrive redrive,
            ObjectMapper json) {
        this.transactions = transactions;
        this.letters = letters;
        this.jobs = jobs;
        this.redrive = redrive;
        this.json = json;
    }

    /**
     * What the job was given.
     *
     * @param letters how many were open when it was asked for
     */
    @RegisterForReflection
    record Input(Letters meant, long letters) {}

    /** Begins with those that are open now: what is given up later is another job's. */
    Uni<Job> begin(Letters meant) {
        return transactions
                .asWorker(worker -> letters.open(worker, meant))
                .chain(open -> jobs.begin(KIND, json.valueToTree(new Input(meant, open.letters())), open.last()));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<JobStep> step(Tx tx, Job job) {
        long last = Objects.requireNonNull(job.total());
        return transactions
                .asWorker(worker -> letters.next(worker, input(job).meant(), job.position(), last))
                .chain(next ->
                        next.map(this::attempt).orElseGet(() -> Uni.createFrom().item(JobStep.done(last, Map.of()))));
    }

    Input input(Job job) {
        try {
            return json.treeToValue(job.input(), Input.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("the input of job " + job.id() + " cannot be read", unreadable);
        }
    }

    private Uni<JobStep> attempt(DeadLetter letter) {
        return redrive.handOver(letter.consumer(), letter.record())
                .chain(() -> transactions.asWorker(worker -> letters.redriven(worker, letter.seq())))
                .replaceWith(REDRIVEN)
                .onFailure(failure -> !Problems.mayPass(failure))
                .recoverWithUni(failure -> transactions
                        .asWorker(worker -> letters.failed(worker, letter.seq(), Redrive.reason(failure)))
                        .replaceWith(FAILED))
                .map(outcome -> JobStep.goOn(letter.seq(), Map.of(outcome, 1L)));
    }
}
