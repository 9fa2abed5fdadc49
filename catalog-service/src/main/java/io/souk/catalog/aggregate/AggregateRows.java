package io.souk.catalog.aggregate;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.retelling.RetoldRows;
import io.souk.kit.tenant.Tx;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The rows of an {@link AggregateRepository}, told once more. */
public abstract class AggregateRows<T> implements RetoldRows {
    private final AggregateType aggregate;
    private final AggregateRepository<T> repository;

    protected AggregateRows(AggregateType aggregate, AggregateRepository<T> repository) {
        this.aggregate = aggregate;
        this.repository = repository;
    }

    /** The event's record of an aggregate that is not deleted; of its fields none is said to have changed. */
    protected abstract Object state(T present);

    @Override
    public final AggregateType aggregate() {
        return aggregate;
    }

    @Override
    public final String table() {
        return repository.table();
    }

    @Override
    public final Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return repository
                .lockRows(tx, ids)
                .map(rows -> rows.stream().map(this::change).toList());
    }

    private Change change(AggregateRepository.StoredRow<T> row) {
        var present = row.present();
        return present == null
                ? Change.deleted(aggregate, row.id(), row.version())
                : Change.changed(aggregate, row.id(), row.version(), state(present));
    }
}
