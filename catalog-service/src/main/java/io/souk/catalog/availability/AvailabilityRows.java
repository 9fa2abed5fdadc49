package io.souk.catalog.availability;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.retelling.RetoldRows;
import io.souk.kit.tenant.Tx;
import io.souk.kit.view.ViewRows;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Availabilities, told once more. */
@ApplicationScoped
class AvailabilityRows implements RetoldRows {
    private final AvailabilityViewKind kind;

    AvailabilityRows(AvailabilityViewKind kind) {
        this.kind = kind;
    }

    @Override
    public AggregateType aggregate() {
        return CatalogAggregates.AVAILABILITY;
    }

    @Override
    public String table() {
        return "availability";
    }

    @Override
    public String idColumn() {
        return "product_id";
    }

    @Override
    public Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return ViewRows.lockAndTell(kind, tx, ids);
    }
}
