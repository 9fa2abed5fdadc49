package io.souk.kit.outbox;

import java.util.List;

/** The relay's side of the database. Every call is one transaction, and fails when the database is away. */
interface RelayStore {
    /** Takes the lease, or renews it: whether the holder has it now. */
    boolean takeLease();

    /** Gives the lease up if this holder has it. */
    void releaseLease();

    /**
     * Removes events that are in the log, unless another one has the lease by now, then reads the oldest that are there: by what there is and without a lower bound,
     * so that an event whose transaction committed late is not passed by.
     */
    List<OutboxRow> next(List<OutboxRow> delivered);
}
