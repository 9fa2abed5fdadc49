package io.souk.kit;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.retelling.RetoldRows;
import io.souk.kit.tenant.Tx;
import io.souk.kit.view.ThingView;
import io.souk.kit.view.ViewRows;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Things, told once more. */
@ApplicationScoped
class RetoldThings implements RetoldRows {
    private final ThingView kind;

    RetoldThings(ThingView kind) {
        this.kind = kind;
    }

    @Override
    public AggregateType aggregate() {
        return Things.THING;
    }

    @Override
    public String table() {
        return "thing";
    }

    @Override
    public Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return ViewRows.lockAndTell(kind, tx, ids);
    }
}
