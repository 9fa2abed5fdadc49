/**
 * Tenants and the one place that opens transactions.
 *
 * <p>{@link io.souk.kit.tenant.Transactions} is the only code that begins and ends a transaction. It tells the database
 * the tenant before anything else runs, so that row-level security stands behind every statement; without a tenant a
 * query of the app role sees no row. A {@link io.souk.kit.tenant.Tx} is one transaction on one connection: outbox,
 * inbox, idempotency and jobs take the caller's, so what belongs together commits together.
 *
 * <p>Promise: what is registered with {@code Tx.afterCommit} runs only after a commit that is known to have happened.
 */
@NullMarked
package io.souk.kit.tenant;

import org.jspecify.annotations.NullMarked;
