package io.souk.inventory.pack;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.retelling.RetoldRows;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Packs, told once more. */
@ApplicationScoped
class PackRows implements RetoldRows {
    private final PackRepository packs;

    PackRows(PackRepository packs) {
        this.packs = packs;
    }

    @Override
    public AggregateType aggregate() {
        return Topics.PACK;
    }

    @Override
    public String table() {
        return "pack";
    }

    @Override
    public Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return packs.lockById(tx, ids)
                .map(found -> found.stream().map(PackRows::change).toList());
    }

    private static Change change(Pack pack) {
        return Change.changed(Topics.PACK, pack.id(), pack.version(), PackState.unchanged(pack));
    }
}
