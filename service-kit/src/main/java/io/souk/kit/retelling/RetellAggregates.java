package io.souk.kit.retelling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.souk.kit.admin.OperatorJobs;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.job.Job;
import io.souk.kit.job.JobHandler;
import io.souk.kit.job.JobStep;
import io.souk.kit.outbox.ProducedAggregates;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import static io.souk.kit.problem.KitProblem.CONFLICT;

/**
 * Tells aggregates once more, part by part of its {@link Plan}; the position is the place of the part, its cursor a row of {@code
 * retelling}. What a step tells is committed before the job's row says so: a step that is run again repeats it, and a repeat has the same
 * order.
 */
@ApplicationScoped
class RetellAggregates implements JobHandler {
    static final String KIND = "retell-aggregates";

    private final Map<String, RetoldRows> rows = new TreeMap<>();
    private final EventsConfig events;
    private final OwnLog log;
    private final Transactions transactions;
    private final OperatorJobs jobs;
    private final RetellingRepository retellings;
    private final ReadLog readLog;
    private final TellRows tellRows;
    private final TellLost tellLost;
    private final ObjectMapper json;

    RetellAggregates(
            @All List<RetoldRows> all,
            @All List<ProducedAggregates> produced,
            EventsConfig events,
            OwnLog log,
            Transactions transactions,
            OperatorJobs jobs,
            RetellingRepository retellings,
            ReadLog readLog,
            TellRows tellRows,
            TellLost tellLost,
            ObjectMapper json) {
        all.forEach(one -> rows.put(one.aggregate().name(), one));
        this.events = events;
        this.log = log;
        this.transactions = transactions;
        this.jobs = jobs;
        this.retellings = retellings;
        this.readLog = readLog;
        this.tellRows = tellRows;
        this.tellLost = tellLost;
        this.json = json;
        requireEach(all, produced);
    }

    /** One that nobody could tell once more would be found out by whoever has just restored a database. */
    private static void requireEach(List<RetoldRows> all, List<ProducedAggregates> produced) {
        var published = new HashSet<AggregateType>();
        produced.forEach(some -> published.addAll(some.types()));
        var retold = all.stream().map(RetoldRows::aggregate).toList();
        if (retold.size() != published.size() || !published.containsAll(retold)) {
            throw new IllegalStateException(
                    "published are %s, but RetoldRows are there for %s".formatted(published, retold));
        }
    }

    /**
     * What the job was given.
     *
     * @param epoch in which it was asked for
     * @param aggregates by name, in their order
     * @param ends of the partitions of their topics when it was asked for
     */
    @RegisterForReflection
    record Input(int epoch, List<String> aggregates, Map<String, List<Long>> ends) {
        Plan plan() {
            return new Plan(aggregates, end(aggregates.getFirst()).size());
        }

        List<Long> end(String aggregate) {
            return Objects.requireNonNull(ends.get(aggregate));
        }
    }

    /** The names of the aggregates that there are. */
    Set<String> aggregates() {
        return rows.keySet();
    }

    /** Begins with the log as it is now; 503 when Kafka does not answer. */
    Uni<Job> begin(Collection<String> aggregates) {
        var names = aggregates.stream().sorted().toList();
        return log.ends(names.stream().map(name -> rows(name).aggregate()).toList())
                .map(ends -> new Input(events.epoch(), names, ends))
                .chain(input ->
                        jobs.begin(KIND, json.valueToTree(input), input.plan().size()));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<JobStep> step(Tx tx, Job job) {
        var input = input(job);
        requirePresent(input);
        return retellings
                .cursor(tx, job.id())
                .chain(cursor -> stretch(job, input, cursor))
                .call(stretch -> retellings.put(tx, job.id(), stretch.next()))
                .map(stretch -> step(job, input.plan(), stretch))
                .call(step -> step.done() ? ended(input) : Uni.createFrom().voidItem());
    }

    /** Who has told a part has not told all. */
    private Uni<Void> ended(Input input) {
        return rows.keySet().equals(Set.copyOf(input.aggregates()))
                ? transactions.asWorker(worker -> retellings.allTold(worker, input.epoch()))
                : Uni.createFrom().voidItem();
    }

    /** One that a restored database has brought back, or a replica that was not stopped: where the log ended was asked for in another epoch. */
    private void requirePresent(Input input) {
        if (input.epoch() != events.epoch()) {
            throw CONFLICT.because("It was asked for in epoch %d, and the epoch is %d: ask for it again"
                    .formatted(input.epoch(), events.epoch()));
        }
    }

    private Uni<Stretch> stretch(Job job, Input input, Cursor cursor) {
        return switch (input.plan().at(job.position())) {
            case Plan.Part.Log(var aggregate, var shard) ->
                readLog.step(
                        job.id(),
                        rows(aggregate),
                        shard,
                        cursor,
                        input.end(aggregate).get(shard));
            case Plan.Part.Rows(var aggregate) -> tellRows.step(rows(aggregate), cursor);
            case Plan.Part.Lost() -> tellLost.step(job.id(), rows);
        };
    }

    private static JobStep step(Job job, Plan plan, Stretch stretch) {
        if (stretch.pause().isPositive()) {
            return JobStep.later(job.position(), stretch.pause());
        }
        if (!stretch.over()) {
            return JobStep.goOn(job.position(), stretch.counts());
        }
        long next = job.position() + 1;
        return next == plan.size() ? JobStep.done(next, stretch.counts()) : JobStep.goOn(next, stretch.counts());
    }

    @Override
    public Uni<Integer> forget(SqlConnection worker, Job job, int most) {
        return retellings.forget(worker, job.tenant(), job.id(), most);
    }

    Input input(Job job) {
        try {
            return json.treeToValue(job.input(), Input.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("the input of job " + job.id() + " cannot be read", unreadable);
        }
    }

    private RetoldRows rows(String aggregate) {
        var found = rows.get(aggregate);
        if (found == null) {
            throw new IllegalStateException("nobody knows the rows of " + aggregate);
        }
        return found;
    }
}
