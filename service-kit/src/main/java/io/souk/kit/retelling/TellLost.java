package io.souk.kit.retelling;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.Change;
import io.souk.kit.event.EventKey;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.outbox.TenantBacklog;
import io.souk.kit.retelling.RetellingRepository.Lost;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tells the deletion of what only the log knows: in the epoch that the log has it in, as the next version. So it comes behind all that was
 * lost, and before whatever is ever told of that aggregate in the present epoch, should it be made anew.
 *
 * <p>There is no row to lock, so the table is: nobody makes the aggregate, or has done so without having committed, while it is looked for
 * and its deletion is put into the outbox.
 */
@ApplicationScoped
class TellLost {
    /** Deletions told. */
    static final String LOST = "lost";

    /** In one transaction, which holds the table's lock. */
    static final int BATCH = 200;

    private final Transactions transactions;
    private final OwnTablesRepository tables;
    private final RetellingRepository retellings;
    private final TenantBacklog backlog;
    private final Outbox outbox;
    private final RetellingConfig config;

    TellLost(
            Transactions transactions,
            OwnTablesRepository tables,
            RetellingRepository retellings,
            TenantBacklog backlog,
            Outbox outbox,
            RetellingConfig config) {
        this.transactions = transactions;
        this.tables = tables;
        this.retellings = retellings;
        this.backlog = backlog;
        this.outbox = outbox;
        this.config = config;
    }

    /** @param rows by the aggregate's name */
    Uni<Stretch> step(UUID job, Map<String, RetoldRows> rows) {
        return transactions
                .asWorker(worker -> retellings.untold(worker, job, BATCH))
                .chain(untold -> untold.isEmpty()
                        ? Uni.createFrom().item(Stretch.over(Map.of()))
                        : unlessTooMuchWaits(job, rows, ofOneKind(untold)));
    }

    private Uni<Stretch> unlessTooMuchWaits(UUID job, Map<String, RetoldRows> rows, List<Lost> lost) {
        var first = lost.getFirst();
        var of = rows.get(first.aggregate());
        if (of == null) {
            throw new IllegalStateException("nobody knows the rows of " + first.aggregate());
        }
        return backlog.exceeds(first.key().tenant(), config.maxBacklog())
                .chain(exceeds -> exceeds
                        ? Uni.createFrom().item(Stretch.later(Cursor.START, config.pause()))
                        : transactions
                                .inTenant(first.key().tenant(), tx -> tell(tx, job, of, lost))
                                .map(told -> Stretch.goOn(Cursor.START, Map.of(LOST, (long) told))));
    }

    private Uni<Integer> tell(Tx tx, UUID job, RetoldRows rows, List<Lost> lost) {
        var keys = lost.stream().map(Lost::key).toList();
        return tables.lock(tx, rows)
                .chain(() -> tables.versions(tx.sql(), rows, keys))
                .map(versions -> deletions(rows, lost, versions))
                .call(deletions -> outbox.appendLost(tx, lost.getFirst().order().epoch(), deletions))
                .call(() -> retellings.told(
                        tx,
                        job,
                        rows.aggregate().name(),
                        keys.stream().map(EventKey::aggregateId).toList()))
                .map(List::size);
    }

    /** What has got a row meanwhile is told by whoever made it. */
    private static List<Change> deletions(RetoldRows rows, List<Lost> lost, List<Long> versions) {
        var deletions = new ArrayList<Change>();
        for (int i = 0; i < lost.size(); i++) {
            if (versions.get(i) == 0) {
                var one = lost.get(i);
                deletions.add(Change.deleted(
                        rows.aggregate(), one.key().aggregateId(), one.order().version() + 1));
            }
        }
        return deletions;
    }

    private static List<Lost> ofOneKind(List<Lost> untold) {
        var first = untold.getFirst();
        return untold.stream()
                .takeWhile(one -> one.key().tenant().equals(first.key().tenant())
                        && one.aggregate().equals(first.aggregate())
                        && one.order().epoch() == first.order().epoch())
                .toList();
    }
}
