package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.souk.kit.event.Order;
import io.souk.kit.id.Ids;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Repairs a wrong entry under the row's lock: takes it away if it is still the same, and tells the row's version once more by
 * the outbox, so that this cache and whoever else has missed it get it. An entry without a row only goes.
 */
@Singleton
final class AuditRepair {
    private static final Logger LOG = Logger.getLogger(CacheAuditor.class);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /**
     * What came of it.
     *
     * @param order the row's; null when there is none
     * @param event by which the row is told once more; likewise
     */
    private record Told(
            boolean mended, @Nullable Order order, @Nullable UUID event) {}

    private final AuditConfig config;
    private final ViewKinds kinds;
    private final AuditEntries entries;
    private final Outbox outbox;
    private final Transactions transactions;
    private long minute = System.nanoTime();
    private int repaired;

    AuditRepair(AuditConfig config, ViewKinds kinds, AuditEntries entries, Outbox outbox, Transactions transactions) {
        this.config = config;
        this.kinds = kinds;
        this.entries = entries;
        this.outbox = outbox;
        this.transactions = transactions;
    }

    /** Counts the fault, and repairs it unless too many were repaired within a minute. */
    Uni<Void> of(Keyspace names, AuditedEntry wrong, Fault fault) {
        var kind = kinds.named(wrong.key().kind());
        kind.metrics().wrong(fault);
        if (!mayRepair()) {
            return Uni.createFrom().voidItem();
        }
        return transactions
                .inTenant(wrong.key().tenant(), tx -> repair(tx, kind, names, wrong))
                .invoke(told -> {
                    if (told.mended()) {
                        kind.metrics().repaired();
                        var order = told.order();
                        LOG.warnf(
                                "the cache entry %s:%s/%s was wrong (%s) and is repaired: entry %s, floor %s, row %s",
                                kind.name(),
                                wrong.key().tenant(),
                                wrong.key().id(),
                                fault,
                                wrong.order(),
                                wrong.floor(),
                                order == null
                                        ? "none"
                                        : order.sortable() + ", which the event " + told.event() + " tells once more");
                    }
                })
                .replaceWithVoid();
    }

    private <T> Uni<Told> repair(Tx tx, KnownKind<T> kind, Keyspace names, AuditedEntry wrong) {
        var id = wrong.key().id();
        return kind.kind()
                .lock(tx, List.of(id))
                .chain(() -> kind.kind().load(tx, List.of(id)))
                .chain(found -> repair(tx, kind, names, wrong, found.get(id)));
    }

    private <T> Uni<Told> repair(
            Tx tx, KnownKind<T> kind, Keyspace names, AuditedEntry wrong, @Nullable StateAt<T> at) {
        var order = at == null ? null : at.order();
        return AsyncResultUni.<Boolean>toUni(
                        done -> entries.mend(names, wrong, order).onComplete(done))
                .chain(mended -> {
                    if (!mended || at == null) {
                        return Uni.createFrom().item(new Told(mended, order, null));
                    }
                    var event = Ids.next();
                    return outbox.append(tx, event, kind.retold(wrong.key().id(), at))
                            .replaceWith(new Told(true, order, event));
                });
    }

    private boolean mayRepair() {
        long now = System.nanoTime();
        if (now - minute >= MINUTE) {
            minute = now;
            repaired = 0;
        }
        return repaired++ < config.repairs();
    }
}
