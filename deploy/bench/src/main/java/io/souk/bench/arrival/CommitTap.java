package io.souk.bench.arrival;

import io.souk.bench.tap.DatabaseTap;
import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A way to PostgreSQL that tells when a change is committed: at the moment at which the server's answer to the commit comes
 * through, before it is handed on. Nobody outside of PostgreSQL can know it earlier; the time stamp that PostgreSQL itself
 * keeps is from before the commit is on the disk. What was committed is told by the row of the outbox.
 */
public final class CommitTap implements AutoCloseable {
    private static final char BIND = 'B';
    private static final char COMMAND_COMPLETE = 'C';
    private static final String COMMIT = "COMMIT\0";
    private static final String ROLLBACK = "ROLLBACK\0";

    private final DatabaseTap tap;

    /** On the way to the PostgreSQL that listens on that port; tells each journey of its commit. */
    public CommitTap(int database, Map<Change, Journeys> journeys) {
        tap = new DatabaseTap(database, () -> new Commits(journeys));
    }

    /** Where services find it. */
    public int port() {
        return tap.port();
    }

    private static final class Commits implements DatabaseTap.Watcher {
        private record Told(Journeys journeys, UUID variant) {}

        private final Map<Change, Journeys> journeys;
        private final Set<Told> told = new HashSet<>();

        Commits(Map<Change, Journeys> journeys) {
            this.journeys = journeys;
        }

        @Override
        public void asked(char type, Buffer body) {
            if (type == BIND) {
                var text = body.toString(StandardCharsets.ISO_8859_1);
                journeys.forEach((change, some) -> {
                    if (text.contains(change.eventType())) {
                        Change.variants(text, variant -> told.add(new Told(some, variant)));
                    }
                });
            }
        }

        @Override
        public void answered(char type, Buffer body) {
            if (type != COMMAND_COMPLETE || told.isEmpty()) {
                return;
            }
            var tag = body.toString(StandardCharsets.ISO_8859_1);
            if (tag.equals(COMMIT)) {
                long now = System.nanoTime();
                told.forEach(one -> one.journeys().committed(one.variant(), now));
                told.clear();
            } else if (tag.equals(ROLLBACK)) {
                told.clear();
            }
        }
    }

    @Override
    public void close() {
        tap.close();
    }
}
