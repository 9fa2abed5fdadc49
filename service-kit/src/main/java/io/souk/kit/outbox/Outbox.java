package io.souk.kit.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.souk.kit.event.Change;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.Order;
import io.souk.kit.http.AggregateVersions;
import io.souk.kit.id.Ids;
import io.souk.kit.problem.KitProblem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Tx;
import io.souk.kit.trace.Traces;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Writes changes beside the state they tell of: they are sent if, and only if, the transaction commits.
 *
 * <p>The caller holds the aggregate's row lock (its {@code update ... version + 1}, or its insert) before it appends. The
 * outbox draws its sequence under that lock, and this alone keeps an aggregate's events in order.
 */
@ApplicationScoped
public class Outbox {
    private static final Logger LOG = Logger.getLogger(Outbox.class);

    /** Kafka's default bound for a record is 1 MiB, headers and key included. */
    private static final int MAX_STATE_BYTES = 900 * 1024;

    /** Enough for an import's chunk; one statement carries at most this many rows. */
    private static final int ROWS_PER_STATEMENT = 1_000;

    static final String INSERT = """
            insert into outbox (id, aggregatetype, aggregateid, type, payload, shard, tenant, version, epoch, traceparent,
                                causationid)
            select id, aggregatetype, aggregateid, type, payload, shard, $1, version, $2, $3, causationid
              from unnest($4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::int[], $10::bigint[], $11::uuid[])
                   with ordinality
                   as row (id, aggregatetype, aggregateid, type, payload, shard, version, causationid, place)
             order by place
            """;

    private final EventsConfig config;
    private final ObjectMapper json;
    private final List<ProducedAggregates> produced;
    private final List<CommitListener> listeners;

    Outbox(
            EventsConfig config,
            ObjectMapper json,
            @All List<ProducedAggregates> produced,
            @All List<CommitListener> listeners) {
        this.config = config;
        this.json = json;
        this.produced = produced;
        this.listeners = listeners;
    }

    /** Appends one change, of an aggregate that this service produces; fails with 413 when its state is larger than an event may be. */
    public Uni<Void> append(Tx tx, Change change) {
        return appendAll(tx, List.of(change));
    }

    /** As {@link #append(Tx, Change)}, by an event whose id the caller has chosen, so that he can name it. */
    public Uni<Void> append(Tx tx, UUID event, Change change) {
        return write(tx, config.epoch(), List.of(serialise(event, config.epoch(), change)));
    }

    /** Appends the changes in this order, in one statement per thousand. */
    public Uni<Void> appendAll(Tx tx, List<Change> changes) {
        return append(tx, config.epoch(), changes);
    }

    /**
     * Appends, in an epoch that is past, the ends of histories that a restored database has lost: their deletions. Whatever is told of
     * these aggregates in the present epoch wins over them. Nobody else may write to these aggregates before the transaction ends.
     */
    public Uni<Void> appendLost(Tx tx, int epoch, List<Change> deletions) {
        if (epoch >= config.epoch() || deletions.stream().anyMatch(one -> one.kind() != ChangeKind.DELETED)) {
            throw new IllegalArgumentException("only deletions are told of the past, and not of epoch " + epoch);
        }
        return append(tx, epoch, deletions);
    }

    private Uni<Void> append(Tx tx, int epoch, List<Change> changes) {
        return changes.isEmpty()
                ? Uni.createFrom().voidItem()
                : write(
                        tx,
                        epoch,
                        changes.stream()
                                .map(change -> serialise(Ids.next(), epoch, change))
                                .toList());
    }

    private Uni<Void> write(Tx tx, int epoch, List<CommittedChange> written) {
        var inserted = Uni.createFrom().voidItem();
        for (int from = 0; from < written.size(); from += ROWS_PER_STATEMENT) {
            var rows = written.subList(from, Math.min(from + ROWS_PER_STATEMENT, written.size()));
            inserted = inserted.chain(() -> insert(tx, epoch, rows));
        }
        return inserted.invoke(() -> written(tx).changes.addAll(written));
    }

    /** The orders of what the transaction has appended so far. */
    public AggregateVersions appended(Tx tx) {
        return versions(written(tx).changes);
    }

    /** As {@link #appended(Tx)}, of these aggregates alone: for a command that shares its transaction with others. */
    public AggregateVersions appended(Tx tx, Set<UUID> aggregates) {
        return versions(written(tx).changes.stream()
                .filter(written -> aggregates.contains(written.change().id()))
                .toList());
    }

    private static AggregateVersions versions(List<CommittedChange> changes) {
        var appended = new ChangedVersions();
        appended.add(changes);
        return appended.versions();
    }

    private Uni<Void> insert(Tx tx, int epoch, List<CommittedChange> changes) {
        var tenant = tx.tenant();
        int rows = changes.size();
        var ids = new UUID[rows];
        var types = new String[rows];
        var aggregates = new UUID[rows];
        var kinds = new String[rows];
        var payloads = new String[rows];
        var shardOf = new Integer[rows];
        var versions = new Long[rows];
        var causes = new @Nullable UUID[rows];
        for (int i = 0; i < rows; i++) {
            var change = changes.get(i).change();
            ids[i] = changes.get(i).event();
            types[i] = change.aggregate().name();
            aggregates[i] = change.id();
            kinds[i] = change.aggregate().eventType(change.kind());
            payloads[i] = new String(changes.get(i).json(), StandardCharsets.UTF_8);
            shardOf[i] = new EventKey(tenant, change.id()).shard(config.partitions());
            versions[i] = change.version();
            causes[i] = change.causationId();
        }
        var values = Tuple.tuple()
                .addString(tenant.value())
                .addInteger(epoch)
                .addString(Traces.currentTraceparent())
                .addArrayOfUUID(ids)
                .addArrayOfString(types)
                .addArrayOfUUID(aggregates)
                .addArrayOfString(kinds)
                .addArrayOfString(payloads)
                .addArrayOfInteger(shardOf)
                .addArrayOfLong(versions)
                .addArrayOfUUID(causes);
        return tx.sql().preparedQuery(INSERT).execute(values).replaceWithVoid();
    }

    private CommittedChange serialise(UUID event, int epoch, Change change) {
        if (produced.stream().noneMatch(some -> some.types().contains(change.aggregate()))) {
            // Its topic was never made: the relay would wait for it for ever, and everything behind it too.
            throw new IllegalArgumentException(change.aggregate() + " is not among this service's ProducedAggregates");
        }
        byte[] state;
        try {
            state = json.writeValueAsBytes(change.state());
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException("the state of a " + change.aggregate() + " is not JSON", failure);
        }
        if (state.length > MAX_STATE_BYTES) {
            throw KitProblem.TOO_LARGE.because("The " + change.aggregate().name() + " is too large to be published: "
                    + state.length + " bytes, at most " + MAX_STATE_BYTES + ".");
        }
        return new CommittedChange(event, change, new Order(epoch, change.version()), state);
    }

    private Written written(Tx tx) {
        return tx.kept(Written.class, () -> {
            var written = new Written();
            var told = listeners.stream().map(listener -> listener.of(tx)).toList();
            tx.afterCommit(() -> tell(told, tx.tenant(), written.changes));
            return written;
        });
    }

    private static void tell(List<CommitListener> told, TenantId tenant, List<CommittedChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        for (var listener : told) {
            try {
                listener.committed(tenant, changes);
            } catch (RuntimeException failure) {
                LOG.errorf(
                        failure, "%s failed after a commit", listener.getClass().getName());
            }
        }
    }

    /** What one transaction has appended so far. */
    private static final class Written {
        final List<CommittedChange> changes = new ArrayList<>();
    }
}
