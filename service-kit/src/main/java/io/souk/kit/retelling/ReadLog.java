package io.souk.kit.retelling;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.CONFLICT;

/**
 * Looks in the log for what no table has, and holds what it says of the present epoch against the tables: a row's version in it is
 * committed before its event is sent, so the tables cannot be behind, unless they were put back and the epoch was not raised since.
 */
@ApplicationScoped
class ReadLog {
    /** Events read. */
    static final String RECORDS = "records";

    private final OwnLog log;
    private final Transactions transactions;
    private final OwnTablesRepository tables;
    private final RetellingRepository retellings;
    private final EventsConfig events;
    private final RetellingConfig config;

    ReadLog(
            OwnLog log,
            Transactions transactions,
            OwnTablesRepository tables,
            RetellingRepository retellings,
            EventsConfig events,
            RetellingConfig config) {
        this.log = log;
        this.transactions = transactions;
        this.tables = tables;
        this.retellings = retellings;
        this.events = events;
        this.config = config;
    }

    /** @param end where the partition ended when the job was asked for; what came since is of the present epoch */
    Uni<Stretch> step(UUID job, RetoldRows rows, int shard, Cursor from, long end) {
        if (from.offset() >= end) {
            return Uni.createFrom().item(Stretch.over(Map.of()));
        }
        return log.read(rows.aggregate(), shard, from.offset(), end)
                .chain(piece -> piece.next() == from.offset()
                        ? Uni.createFrom().item(Stretch.later(from, config.pause()))
                        : hold(job, rows, piece.last())
                                .replaceWith(Stretch.goOn(Cursor.at(piece.next()), Map.of(RECORDS, piece.records()))));
    }

    /** The tables are read after the log, so they have at least what it says. */
    private Uni<Void> hold(UUID job, RetoldRows rows, Map<EventKey, LastTold> last) {
        if (last.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var keys = List.copyOf(last.keySet());
        return transactions.asWorker(worker -> tables.versions(worker, rows, keys)
                .chain(versions -> {
                    var lost = lost(rows, keys, versions, last);
                    return lost.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : retellings.keep(
                                    worker,
                                    job,
                                    rows.aggregate().name(),
                                    lost,
                                    lost.stream()
                                            .map(key -> Objects.requireNonNull(last.get(key)))
                                            .toList());
                }));
    }

    private List<EventKey> lost(
            RetoldRows rows, List<EventKey> keys, List<Long> versions, Map<EventKey, LastTold> last) {
        var lost = new ArrayList<EventKey>();
        for (int i = 0; i < keys.size(); i++) {
            var key = keys.get(i);
            long version = versions.get(i);
            var order = Objects.requireNonNull(last.get(key)).order();
            if (order.epoch() > events.epoch() || (order.epoch() == events.epoch() && order.version() > version)) {
                throw CONFLICT.because(
                        "The log has %s %s in epoch %d, version %d, and the table has %s while the epoch is %d. If the database was restored, raise souk.events.epoch above that of the log"
                                .formatted(
                                        rows.aggregate(),
                                        key,
                                        order.epoch(),
                                        order.version(),
                                        version == 0 ? "none" : "version " + version,
                                        events.epoch()));
            }
            if (version == 0) {
                lost.add(key);
            }
        }
        return lost;
    }
}
