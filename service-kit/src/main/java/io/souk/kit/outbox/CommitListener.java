package io.souk.kit.outbox;

import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Tx;

import java.util.List;

/**
 * Beans of this type hear of a transaction's changes right after its commit, on the thread that committed; they must not
 * block, and what they throw is logged and otherwise ignored. Best effort: a crash, or a commit whose outcome is unknown,
 * tells them nothing, so the event path stays the guarantee.
 */
public interface CommitListener {
    void committed(TenantId tenant, List<CommittedChange> changes);

    /**
     * Asked when a transaction writes its first change: who hears of its commit. A listener that must know something of the
     * transaction then gives another one.
     */
    default CommitListener of(Tx tx) {
        return this;
    }
}
