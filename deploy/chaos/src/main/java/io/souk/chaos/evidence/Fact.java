package io.souk.chaos.evidence;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** One line of the evidence. All moments are microseconds since 1970 by this machine's clock, which all its processes share. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Fact.Run.class, name = "run"),
    @JsonSubTypes.Type(value = Fact.Operation.class, name = "operation"),
    @JsonSubTypes.Type(value = Fact.Harm.class, name = "fault"),
    @JsonSubTypes.Type(value = Fact.Commit.class, name = "commit"),
    @JsonSubTypes.Type(value = Fact.Told.class, name = "record"),
    @JsonSubTypes.Type(value = Fact.Row.class, name = "row"),
    @JsonSubTypes.Type(value = Fact.Copy.class, name = "copy"),
    @JsonSubTypes.Type(value = Fact.Folded.class, name = "folded"),
    @JsonSubTypes.Type(value = Fact.Cached.class, name = "cached"),
    @JsonSubTypes.Type(value = Fact.Served.class, name = "view"),
    @JsonSubTypes.Type(value = Fact.Rest.class, name = "rest"),
    @JsonSubTypes.Type(value = Fact.Found.class, name = "found"),
    @JsonSubTypes.Type(value = Trade.LevelTold.class, name = "level told"),
    @JsonSubTypes.Type(value = Trade.LevelAtRest.class, name = "level at rest"),
    @JsonSubTypes.Type(value = Trade.LevelSeen.class, name = "level seen"),
    @JsonSubTypes.Type(value = Trade.ReservationTold.class, name = "reservation told"),
    @JsonSubTypes.Type(value = Trade.ReservationAtRest.class, name = "reservation at rest"),
    @JsonSubTypes.Type(value = Trade.OrderTold.class, name = "order told"),
    @JsonSubTypes.Type(value = Trade.OrderAtRest.class, name = "order at rest"),
    @JsonSubTypes.Type(value = Trade.Asked.class, name = "asked"),
    @JsonSubTypes.Type(value = Trade.MoveAsked.class, name = "move asked"),
    @JsonSubTypes.Type(value = Trade.MoveAtRest.class, name = "move at rest"),
    @JsonSubTypes.Type(value = Trade.Approved.class, name = "approved"),
    @JsonSubTypes.Type(value = Trade.Shown.class, name = "shown")
})
public sealed interface Fact
        permits Fact.Run,
                Fact.Operation,
                Fact.Harm,
                Fact.Commit,
                Fact.Told,
                Fact.Row,
                Fact.Copy,
                Fact.Folded,
                Fact.Cached,
                Fact.Served,
                Fact.Rest,
                Fact.Found,
                Trade {
    /** What the run was. */
    record Run(long seed, long began, long healed, String version) implements Fact {}

    /** How an operation ended, as its client knows. */
    enum Outcome {
        /** Answered, and done. */
        OK,
        /** Refused: it has changed nothing. */
        FAIL,
        /** No answer, or one that does not say whether it was done. */
        UNKNOWN
    }

    enum Kind {
        WRITE,
        /** Of one card or one part. */
        READ,
        /** Of several at once. */
        LIST,
        /** Of another tenant's thing, which must not be found. */
        TRESPASS
    }

    /**
     * A request of a client.
     *
     * @param via which door: the gateway or a replica
     * @param began by the wall clock
     * @param took by the monotone clock, microseconds
     * @param status 0 where no answer came
     * @param parts what was written, or what was read
     * @param minimum what the client asked not to be older
     * @param age what the answer said of itself, seconds; null where it said nothing
     * @param stale the parts that the answer marked, and as of when it said them to be
     * @param strangers other tenants' names that stood in the answer
     */
    record Operation(
            long number,
            String client,
            String tenant,
            String via,
            Kind kind,
            String action,
            long began,
            long took,
            Outcome outcome,
            int status,
            List<Part> parts,
            Map<Thing, Order> minimum,
            @Nullable Integer age,
            Map<String, Long> stale,
            Set<String> strangers)
            implements Fact {
        /** The action of a read of all products of a tenant on one page. */
        public static final String WHOLE_LIST = "list";

        /** More of them than that would not be on the page. */
        public static final int WHOLE_LIST_ITEMS = 100;

        public long ended() {
            return began + took;
        }
    }

    /**
     * One aggregate as an answer, a record or an entry shows it.
     *
     * @param order {@link Order#NONE} where it is not there, or does not say
     * @param live false: deleted, or not there
     * @param digest of its JSON in canonical spelling; null where there is none
     * @param units what an availability adds up to; null for the others
     */
    record Part(
            Thing thing,
            Order order,
            boolean live,
            @Nullable String digest,
            @Nullable Long units) {
        public static Part missing(Thing thing) {
            return new Part(thing, Order.NONE, false, null, null);
        }
    }

    /**
     * Something that was done to the fleet, until it was healed.
     *
     * @param target the process, or {@code catalog-1 to postgres} for the way there
     * @param done false where something stood in its way: then nothing can be said about it
     */
    record Harm(String what, String target, long began, long healed, boolean done) implements Fact {}

    /**
     * An outbox row whose transaction has committed, as a trigger took it down in the same transaction.
     *
     * @param event the event's id
     * @param began the transaction's {@code now()}
     * @param committed the server's own moment of the commit
     */
    record Commit(Thing thing, Order order, String event, boolean live, long began, long committed) implements Fact {}

    /**
     * A record of a topic, read committed from offset 0.
     *
     * @param thing null where the key names none
     * @param tenant as the header says
     * @param event null where there is no such header
     * @param shown false for a product that only its tenant's staff sees
     * @param units of a stock level or an availability, how many there are
     * @param product of a stock level, whose it is
     * @param doubted says of itself that it may be out of date
     * @param poison put there by the suite itself
     */
    record Told(
            String topic,
            int partition,
            long offset,
            long appended,
            @Nullable Thing thing,
            @Nullable String tenant,
            Order order,
            @Nullable String event,
            boolean live,
            boolean shown,
            @Nullable String digest,
            @Nullable Long units,
            @Nullable String product,
            Set<String> strangers,
            boolean doubted,
            boolean poison)
            implements Fact {}

    /** The last state of an aggregate in its owner's tables, after the run. */
    record Row(Thing thing, Order order, boolean live) implements Fact {}

    /**
     * What another table than the owner's knows of an aggregate, after the run.
     *
     * @param holder which table
     */
    record Copy(String holder, Thing thing, Order order, boolean live) implements Fact {}

    /**
     * A row that a service keeps of another's aggregate, after the run.
     *
     * @param anew false: as the run has left it; true: as the topics alone make it, from their beginning into an empty table
     * @param row its columns that come from events
     */
    record Folded(String table, boolean anew, String row) implements Fact {}

    /**
     * An entry of the cache.
     *
     * @param when in the run it was looked at: {@code during} it, at {@code rest} after it, or {@code rebuilt} after the cache was
     *     emptied and built again from the log, before any read
     * @param bytes a digest of exactly what is served; null for one that says that there is nothing
     * @param rowOrder what the owner's table had when it was looked at after the entry; {@link Order#NONE} where there is no row
     */
    record Cached(
            String when, Thing thing, Order order, @Nullable String bytes, Order rowOrder) implements Fact {}

    /**
     * A view as the database alone makes it, after the run.
     *
     * @param bytes a digest of exactly what is served; null where nothing is
     * @param digest of its content, however spelt
     */
    record Served(
            Thing thing,
            Order order,
            @Nullable String bytes,
            @Nullable String digest) implements Fact {}

    /**
     * What had to come to rest after the last fault.
     *
     * @param millis after it; null when it had not in time
     * @param most how many it may take
     */
    record Rest(String what, @Nullable Long millis, long most, String detail) implements Fact {}

    /** Whether the harvest has found something where it must not be: a deleted product in the search, a key of nobody. */
    record Found(int invariant, boolean wrong, String what) implements Fact {}
}
