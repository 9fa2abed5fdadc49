package io.souk.kit.outbox;

import io.souk.kit.tenant.TenantId;

import java.util.List;

/**
 * Beans of this type hear of a transaction's changes right after its commit, on the thread that committed; they must not
 * block, and what they throw is logged and otherwise ignored. Best effort: a crash, or a commit whose outcome is unknown,
 * tells them nothing, so the event path stays the guarantee.
 */
public interface CommitListener {
    void committed(TenantId tenant, List<CommittedChange> changes);
}
