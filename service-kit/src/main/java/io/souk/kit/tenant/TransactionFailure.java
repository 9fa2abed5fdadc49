package io.souk.kit.tenant;

/** A transaction that failed for a reason of its own, not of the work in it; all of them may pass. */
public abstract sealed class TransactionFailure extends RuntimeException {
    private TransactionFailure(String message, Throwable cause) {
        super(message, cause);
    }

    private TransactionFailure(String message) {
        super(message);
    }

    /** No connection within the acquire timeout, or none to be had. Nothing was done. */
    public static final class NoConnection extends TransactionFailure {
        NoConnection(Throwable cause) {
            super("no database connection", cause);
        }

        NoConnection() {
            super("no database connection was free in time");
        }
    }

    /** The deadline passed before the commit was sent: rolled back. */
    public static final class TimedOut extends TransactionFailure {
        public TimedOut() {
            super("the transaction's deadline has passed");
        }
    }

    /** What the work had chosen without a lock was changed by others before it was locked: rolled back, to be done anew. */
    public static final class Overtaken extends TransactionFailure {
        public Overtaken() {
            super("others have changed what was chosen before it was locked");
        }
    }

    /** The commit was sent and its answer never came: it may have happened. */
    public static final class OutcomeUnknown extends TransactionFailure {
        OutcomeUnknown(Throwable cause) {
            super("the commit's outcome is unknown", cause);
        }

        OutcomeUnknown() {
            super("the commit's outcome is unknown: no answer within the transaction's deadline");
        }
    }
}
