package io.souk.kit.job;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** A bean of this type does the jobs of one kind. */
public interface JobHandler {
    /** Lower-case words with dashes; unique in the service and never renamed while jobs of it exist. */
    String kind();

    /**
     * One bounded chunk, well under the transaction's deadline, from {@code job.position()} on. Effects, position and counts
     * commit together: a step that fails, or whose replica dies, has not happened and is run again.
     *
     * <p>What may pass (a dependency away, a lock not had) is tried again later; any other failure ends the job, with a
     * {@link io.souk.kit.problem.Problem}'s detail as its reason.
     */
    Uni<JobStep> step(Tx tx, Job job);

    /**
     * Removes, as the worker role, what else is stored of a job that ended longer ago than jobs are kept: its report, what a failure
     * has left behind. At most so many rows; fewer when nothing is left, and then the job itself goes in the same transaction.
     *
     * @return how many were removed; by default nothing else is stored
     */
    default Uni<Integer> forget(SqlConnection worker, Job job, int rows) {
        return Uni.createFrom().item(0);
    }
}
