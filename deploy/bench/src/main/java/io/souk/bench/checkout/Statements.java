package io.souk.bench.checkout;

import io.souk.bench.tap.DatabaseTap;
import io.vertx.core.buffer.Buffer;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what a service asks PostgreSQL to execute: prepared statements and plain ones, begins and commits among them. */
final class Statements implements AutoCloseable {
    private static final char EXECUTE = 'E';
    private static final char QUERY = 'Q';

    private final AtomicLong count = new AtomicLong();
    private final DatabaseTap tap;

    /** On the way to the PostgreSQL that listens on that port. */
    Statements(int database) {
        tap = new DatabaseTap(database, Watcher::new);
    }

    /** Where the service finds PostgreSQL. */
    int port() {
        return tap.port();
    }

    long count() {
        return count.get();
    }

    private final class Watcher implements DatabaseTap.Watcher {
        @Override
        public void asked(char type, Buffer body) {
            if (type == EXECUTE || type == QUERY) {
                count.incrementAndGet();
            }
        }

        @Override
        public void answered(char type, Buffer body) {
            // counted when it was asked
        }
    }

    @Override
    public void close() {
        tap.close();
    }
}
