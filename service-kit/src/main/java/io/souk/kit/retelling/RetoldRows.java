package io.souk.kit.retelling;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.tenant.Tx;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The rows of an aggregate that the service publishes, to be told once more: a bean for each of them. */
public interface RetoldRows {
    AggregateType aggregate();

    /**
     * The table with a row per aggregate, deleted ones too, which has the columns {@code tenant} and {@code version}. A row in version 0
     * is there to be locked: nothing was told of it yet.
     */
    String table();

    /** The column with the aggregate's id. */
    default String idColumn() {
        return "id";
    }

    /**
     * Locks the rows with these ids, deleted ones too, in the order in which everybody locks them, so that none of them gets another
     * version before the transaction ends; then the change that tells each of them as it is: its full state, or its deletion. Left out
     * is an id without a row, or of which nothing was told yet. At most 200 ids.
     */
    Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids);
}
