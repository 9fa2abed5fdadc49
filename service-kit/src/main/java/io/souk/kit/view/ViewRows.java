package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.Change;
import io.souk.kit.tenant.Tx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The rows behind views, told once more as the auditor tells one. */
public final class ViewRows {
    private ViewRows() {}

    /** As {@link io.souk.kit.retelling.RetoldRows#lockAndTell} asks for it, of the aggregate that a kind of views is made of. */
    public static <T> Uni<List<Change>> lockAndTell(ViewKind<T> kind, Tx tx, Collection<UUID> ids) {
        return kind.lock(tx, ids).chain(() -> kind.load(tx, ids)).map(found -> {
            var changes = new ArrayList<Change>(found.size());
            found.forEach((id, at) -> changes.add(KnownKind.retold(kind, id, at)));
            return changes;
        });
    }
}
