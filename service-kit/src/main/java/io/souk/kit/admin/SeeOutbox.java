package io.souk.kit.admin;

import io.smallrye.mutiny.Uni;
import io.souk.kit.admin.OutboxState.Shard;
import io.souk.kit.admin.OutboxStateRepository.Counts;
import io.souk.kit.admin.OutboxStateRepository.Totals;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/** Looks at the outbox when an operator asks; and in between from time to time at its totals, whose difference is its rate. */
@ApplicationScoped
class SeeOutbox implements Sweep {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Transactions transactions;
    private final OutboxStateRepository outbox;
    private final int shards;

    private volatile @Nullable Totals before;
    private volatile @Nullable Totals last;

    SeeOutbox(Transactions transactions, OutboxStateRepository outbox, EventsConfig events) {
        this.transactions = transactions;
        this.outbox = outbox;
        shards = events.partitions();
    }

    /** @param tenants how many to name */
    Uni<OutboxState> now(int tenants) {
        return transactions.asWorker(worker -> outbox.counts(worker, tenants)
                .chain(counts -> outbox.shards(worker, shards, counts.byShard())
                        .chain(found -> outbox.totals(worker).map(totals -> state(counts, found, before, totals)))));
    }

    @Override
    public String name() {
        return "outbox-rate";
    }

    @Override
    public Duration pause() {
        return EVERY;
    }

    @Override
    public Uni<Boolean> sweep() {
        return transactions
                .asWorker(outbox::totals)
                .invoke(totals -> {
                    before = last;
                    last = totals;
                })
                .replaceWith(false);
    }

    private static OutboxState state(Counts counts, List<Shard> shards, @Nullable Totals before, Totals now) {
        long rows =
                counts.byShard().values().stream().mapToLong(Long::longValue).sum();
        return new OutboxState(
                rows,
                rows < OutboxStateRepository.MOST_COUNTED,
                shards.stream().mapToDouble(Shard::oldestSeconds).max().orElse(0),
                before == null ? null : rate(before, now, now.appended() - before.appended()),
                before == null ? null : rate(before, now, now.relayed() - before.relayed()),
                shards,
                counts.tenants());
    }

    /** Statistics that were reset in between tell nothing: 0 then. */
    private static double rate(Totals before, Totals now, long events) {
        double seconds = Duration.between(before.at(), now.at()).toMillis() / 1e3;
        return seconds <= 0 ? 0 : Math.max(0, events / seconds);
    }
}
