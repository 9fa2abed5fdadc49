package io.souk.orders;

import io.souk.testing.Database;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Who waits in the database. */
final class Waiting {
    private Waiting() {}

    /** Until somebody waits for the transaction that is open there and has written. */
    static void forTransaction(Database open) {
        var id = open.query("select pg_current_xact_id()::xid::text").getFirst();
        eventually(() -> assertThat(open.query(
                        "select 1 from pg_locks where not granted and locktype = 'transactionid' and transactionid::text = ?",
                        id))
                .isNotEmpty());
    }

    /** Whether somebody waits for what is written of that person, or for their erasure. */
    static boolean forPerson(Database database, String tenant, String subject) {
        return !database.query("""
                        select 1
                          from pg_locks
                         where not granted
                           and locktype = 'advisory'
                           and (classid::bigint << 32 | objid::bigint) = hashtextextended('person/' || ? || '/' || ?, 0)
                        """, tenant, subject).isEmpty();
    }
}
