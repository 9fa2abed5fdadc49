package io.souk.kit.protocol;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * What the relay of one shard does next (the protocol, section 3). Take the lease, open the log, and only then read; send and commit, and only then delete; nothing left that a mark
 * saw, and only then its heartbeat. Whatever may have happened half leads back to the lease, under a new term.
 *
 * <p>{@code nowNanos} is the driver's monotone clock at the time of the answer.
 *
 * @param <R> a row of the outbox
 */
public sealed interface RelayStep<R> {
    static <R> RelayStep<R> start(RelayPace pace) {
        return new TakeLease<>(pace);
    }

    /** Why to wait. */
    enum Pause {
        /** Nothing to send: until a nudge or the poll interval. */
        IDLE,
        /** Another one leads: until the renewal interval. */
        FOLLOWING,
        /** Something did not answer: by back-off. */
        TROUBLED
    }

    /** Then go on with {@link #resumed}. */
    record Wait<R>(
            Pause pause,
            @Nullable Leadership leadership,
            @Nullable Mark mark,
            RelayPace pace) implements RelayStep<R> {
        private static <R> Wait<R> toLead(Pause pause, RelayPace pace) {
            return new Wait<>(pause, null, null, pace);
        }

        private static <R> Wait<R> leading(Pause pause, Leadership leadership, @Nullable Mark mark) {
            return new Wait<>(pause, leadership, mark, leadership.pace());
        }

        public RelayStep<R> resumed(long nowNanos) {
            return leadership == null ? new TakeLease<>(pace) : turn(leadership, mark, nowNanos);
        }

        /** Lets another one lead, who leads less; or this one stops. */
        public RelayStep<R> yielded() {
            return leadership == null ? this : new GiveUpLease<>(leadership);
        }
    }

    /** Take the lease row under a term that was never used before, if it has run out or is one's own. */
    record TakeLease<R>(RelayPace pace) implements RelayStep<R> {
        public RelayStep<R> taken(UUID term, long nowNanos) {
            return new OpenLog<>(Leadership.taken(pace, term, nowNanos));
        }

        public RelayStep<R> notTaken() {
            return Wait.toLead(Pause.FOLLOWING, pace);
        }

        public RelayStep<R> failed() {
            return Wait.toLead(Pause.TROUBLED, pace);
        }
    }

    /** {@code initTransactions}: fences every earlier relay of the shard and settles what its last transaction became. */
    record OpenLog<R>(Leadership leadership) implements RelayStep<R> {
        /** Opening may have taken longer than the lease lasts, so the lease is asked for again before anything is read. */
        public RelayStep<R> opened() {
            return new KeepLease<>(leadership, null);
        }

        public RelayStep<R> failed() {
            return Wait.toLead(Pause.TROUBLED, leadership.pace());
        }
    }

    /** Prolong the lease row if it still has the term. */
    record KeepLease<R>(Leadership leadership, @Nullable Mark mark) implements RelayStep<R> {
        public RelayStep<R> kept(long nowNanos) {
            return turn(leadership.kept(nowNanos), mark, nowNanos);
        }

        public RelayStep<R> lost() {
            return Wait.toLead(Pause.FOLLOWING, leadership.pace());
        }

        public RelayStep<R> failed() {
            return Wait.leading(Pause.TROUBLED, leadership, mark);
        }
    }

    /** One statement in its own transaction: {@link Mark}. */
    record ReadMark<R>(Leadership leadership) implements RelayStep<R> {
        /** Where the mark saw no row, all that was committed before it has been sent. */
        public RelayStep<R> marked(Mark mark, long nowNanos) {
            var marked = leadership.marked(nowNanos);
            return mark.topSeq() == Mark.NOTHING
                    ? new AppendHeartbeat<>(marked, mark, Backlog.none())
                    : new ReadRows<>(marked, mark);
        }

        public RelayStep<R> failed() {
            return Wait.leading(Pause.TROUBLED, leadership, null);
        }
    }

    /** The rows that are there, tenants in turn, each tenant's by {@code seq}, without a lower bound. */
    record ReadRows<R>(Leadership leadership, @Nullable Mark mark) implements RelayStep<R> {
        public RelayStep<R> read(Backlog<R> backlog) {
            if (mark != null && backlog.isPast(mark)) {
                return new AppendHeartbeat<>(leadership, mark, backlog);
            }
            return append(leadership, mark, backlog);
        }

        public RelayStep<R> failed() {
            return Wait.leading(Pause.TROUBLED, leadership, mark);
        }
    }

    /**
     * Begin, send the rows in this order, {@code commitTransaction}. Anything but a certain yes or a fence is unknown.
     *
     * @param mark not yet given as a heartbeat
     * @param backlog read after the mark
     */
    record AppendBatch<R>(Leadership leadership, @Nullable Mark mark, Backlog<R> backlog) implements RelayStep<R> {
        public List<R> rows() {
            return backlog.rows();
        }

        public RelayStep<R> committed() {
            return new DeleteBatch<>(leadership, mark, backlog);
        }

        public RelayStep<R> fenced() {
            return new GiveUpLease<>(leadership);
        }

        /** The rows are still there; opening the log anew settles what became of the batch. */
        public RelayStep<R> unknown() {
            return Wait.toLead(Pause.TROUBLED, leadership.pace());
        }
    }

    /**
     * Delete the rows in a transaction that holds the lease row and finds its own term there. One that was paused would else
     * delete what its successor has read and not yet sent: the successor's log could end with an older version.
     */
    record DeleteBatch<R>(Leadership leadership, @Nullable Mark mark, Backlog<R> backlog) implements RelayStep<R> {
        public List<R> rows() {
            return backlog.rows();
        }

        /** When these were all, no second look is needed: what was committed since has nudged, or is found by the poll. */
        public RelayStep<R> deleted(long nowNanos) {
            if (!backlog.all()) {
                return turn(leadership, mark, nowNanos);
            }
            return mark == null
                    ? Wait.leading(Pause.IDLE, leadership, null)
                    : new AppendHeartbeat<>(leadership, mark, Backlog.none());
        }

        public RelayStep<R> notLeading() {
            return Wait.toLead(Pause.FOLLOWING, leadership.pace());
        }

        /** A delete that is still on its way finds another term. */
        public RelayStep<R> unknown() {
            return Wait.toLead(Pause.TROUBLED, leadership.pace());
        }
    }

    /**
     * Append the mark's watermarks to the shard's partitions, by a producer without transactions: a heartbeat stays true
     * however late it comes.
     *
     * @param backlog read with or after the mark, not yet sent
     */
    record AppendHeartbeat<R>(Leadership leadership, Mark mark, Backlog<R> backlog) implements RelayStep<R> {
        public RelayStep<R> appended() {
            return append(leadership, null, backlog);
        }

        /** The next one says more; this one is not repeated. */
        public RelayStep<R> failed() {
            return append(leadership, null, backlog);
        }
    }

    /** Let another one take the lease row at once; done or not makes no difference. */
    record GiveUpLease<R>(Leadership leadership) implements RelayStep<R> {
        public RelayStep<R> done() {
            return Wait.toLead(Pause.FOLLOWING, leadership.pace());
        }
    }

    private static <R> RelayStep<R> turn(Leadership leadership, @Nullable Mark mark, long nowNanos) {
        if (leadership.isRenewalDue(nowNanos)) {
            return new KeepLease<>(leadership, mark);
        }
        if (leadership.isMarkDue(mark, nowNanos)) {
            return new ReadMark<>(leadership);
        }
        return new ReadRows<>(leadership, mark);
    }

    private static <R> RelayStep<R> append(Leadership leadership, @Nullable Mark mark, Backlog<R> backlog) {
        return backlog.rows().isEmpty()
                ? Wait.leading(Pause.IDLE, leadership, mark)
                : new AppendBatch<>(leadership, mark, backlog);
    }
}
