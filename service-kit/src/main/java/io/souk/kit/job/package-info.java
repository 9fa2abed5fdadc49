/**
 * Long work in small steps: imports, rebuilds, whatever outlives a request.
 *
 * <p>Table {@code job}. A job is claimed by a lease in its row; each step is one transaction that checks the lease and moves
 * position, counts and effects together, so a job whose replica dies goes on elsewhere from the last committed step, and
 * a replica that was paused cannot commit a step any more. One job per tenant and kind runs at a time; tenants take turns.
 * A job that has ended is kept for some days.
 */
@NullMarked
package io.souk.kit.job;

import org.jspecify.annotations.NullMarked;
