package io.souk.inventory.stock;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.inventory.stock.StockRepository.ExpiredLot;
import io.souk.kit.sweep.LeftBehind;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Failures;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Tells that nothing of a lot is available any more once its last day has passed. Nothing of it is promised from midnight on,
 * sweep or not; the goods stay on hand until somebody books them out.
 */
@ApplicationScoped
class ExpireLots implements Sweep {
    private final Transactions transactions;
    private final StockRepository levels;
    private final MoveStock moveStock;
    private final StockConfig config;
    private final LeftBehind left = new LeftBehind(Logger.getLogger(ExpireLots.class));

    ExpireLots(Transactions transactions, StockRepository levels, MoveStock moveStock, StockConfig config) {
        this.transactions = transactions;
        this.levels = levels;
        this.moveStock = moveStock;
        this.config = config;
    }

    @Override
    public String name() {
        return "lot-expiry";
    }

    @Override
    public Duration pause() {
        return config.lotSweepPause();
    }

    @Override
    public Uni<Boolean> sweep() {
        return transactions
                .asWorker(worker -> levels.findExpired(worker, config.lotSweepBatch()))
                .chain(due -> tellAll(due).map(told -> told > 0 && due.size() == config.lotSweepBatch()));
    }

    private Uni<Integer> tellAll(List<ExpiredLot> due) {
        var byTenant = due.stream()
                .collect(Collectors.groupingBy(
                        ExpiredLot::tenant, Collectors.mapping(ExpiredLot::id, Collectors.toList())));
        return Multi.createFrom()
                .iterable(byTenant.entrySet())
                .onItem()
                .transformToUniAndConcatenate(lots -> tell(lots.getKey(), lots.getValue()))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    /** A tenant whose lots cannot be told keeps nobody waiting; what may pass ends the sweep. */
    private Uni<Integer> tell(TenantId tenant, List<UUID> lots) {
        return transactions
                .inTenant(tenant, tx -> tell(tx, lots))
                .onFailure(failure -> !Failures.isTransient(failure))
                .recoverWithItem(failure -> {
                    left.tell("lots of " + tenant.value(), failure);
                    return 0;
                });
    }

    private Uni<Integer> tell(Tx tx, List<UUID> lots) {
        return levels.lockById(tx, lots)
                .chain(() -> levels.tellExpired(tx, lots))
                .call(told -> moveStock.publish(tx, told, null))
                .map(List::size);
    }
}
