package io.souk.catalog.product;

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

/** Products, told once more. */
@ApplicationScoped
class ProductRows implements RetoldRows {
    private final ProductViewKind kind;

    ProductRows(ProductViewKind kind) {
        this.kind = kind;
    }

    @Override
    public AggregateType aggregate() {
        return CatalogAggregates.PRODUCT;
    }

    @Override
    public String table() {
        return "product";
    }

    @Override
    public Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return ViewRows.lockAndTell(kind, tx, ids);
    }
}
