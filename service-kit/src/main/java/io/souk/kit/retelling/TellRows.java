package io.souk.kit.retelling;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.EventKey;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.outbox.TenantBacklog;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tells rows as they are, some of one tenant in one transaction, under their locks: whoever changes one afterwards is behind it in the
 * outbox. A step that is done again tells the same order again, which changes nothing for anybody.
 */
@ApplicationScoped
class TellRows {
    /** Rows told. */
    static final String ROWS = "rows";

    /** As many as may be loaded at once. */
    static final int BATCH = 200;

    private final Transactions transactions;
    private final OwnTablesRepository tables;
    private final TenantBacklog backlog;
    private final Outbox outbox;
    private final RetellingConfig config;

    TellRows(
            Transactions transactions,
            OwnTablesRepository tables,
            TenantBacklog backlog,
            Outbox outbox,
            RetellingConfig config) {
        this.transactions = transactions;
        this.tables = tables;
        this.backlog = backlog;
        this.outbox = outbox;
        this.config = config;
    }

    Uni<Stretch> step(RetoldRows rows, Cursor from) {
        return transactions
                .asWorker(worker -> tables.page(worker, rows, from, BATCH))
                .chain(page -> page.isEmpty()
                        ? Uni.createFrom().item(Stretch.over(Map.of()))
                        : unlessTooMuchWaits(rows, ofOneTenant(page), from));
    }

    private Uni<Stretch> unlessTooMuchWaits(RetoldRows rows, List<EventKey> keys, Cursor from) {
        var tenant = keys.getFirst().tenant();
        return backlog.exceeds(tenant, config.maxBacklog())
                .chain(exceeds -> exceeds
                        ? Uni.createFrom().item(Stretch.later(from, config.pause()))
                        : tell(rows, tenant, keys));
    }

    private Uni<Stretch> tell(RetoldRows rows, TenantId tenant, List<EventKey> keys) {
        var ids = keys.stream().map(EventKey::aggregateId).toList();
        var behind = Cursor.behind(tenant.value(), ids.getLast());
        return told(rows, tenant, ids).map(told -> Stretch.goOn(behind, Map.of(ROWS, (long) told)));
    }

    private Uni<Integer> told(RetoldRows rows, TenantId tenant, List<UUID> ids) {
        return transactions.inTenant(
                tenant,
                tx -> rows.lockAndTell(tx, ids)
                        .call(changes -> outbox.appendAll(tx, changes))
                        .map(List::size));
    }

    private static List<EventKey> ofOneTenant(List<EventKey> page) {
        var tenant = page.getFirst().tenant();
        return page.stream().takeWhile(key -> key.tenant().equals(tenant)).toList();
    }
}
