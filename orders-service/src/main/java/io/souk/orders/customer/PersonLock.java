package io.souk.orders.customer;

/**
 * Puts a person's erasure and what is written under their name one after the other. A statement that brings the subject of a token
 * into a table waits here for an erasure under way, and an erasure for the statement's transaction: else what is not committed
 * yet would be kept for ever. It is taken before any row is locked, by the statement that comes first anyway, so it costs no way to
 * the database.
 */
public final class PersonLock {
    private static final String KEY = "(hashtextextended('person/' || %s::text || '/' || %s::text, 0))";

    /** Takes it alone, for the erasure. $1 tenant, $2 subject. */
    static final String ERASE = "select pg_advisory_xact_lock" + KEY.formatted("$1", "$2");

    private PersonLock() {}

    /**
     * The beginning of a statement that then reads from {@code person}, which has one row: it is not there before the lock is. Shared
     * with all who write of the same person. Without a subject nothing is locked.
     *
     * @param tenant the parameter that has the tenant: {@code $1}
     * @param subject the parameter that has the subject of the token
     */
    public static String with(String tenant, String subject) {
        return "with person as materialized (select pg_advisory_xact_lock_shared%s is null as nobody)%n"
                .formatted(KEY.formatted(tenant, subject));
    }
}
