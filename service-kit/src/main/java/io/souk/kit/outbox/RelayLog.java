package io.souk.kit.outbox;

import java.util.List;

/** A shard's side of Kafka. For one thread at a time. */
interface RelayLog {
    /** Fences every earlier relay of this shard: what it still sends is refused. */
    void open();

    /**
     * Appends all of the rows, in this order, or none of them, and returns when they are committed. After any failure the
     * outcome is unknown and the log must be opened anew.
     *
     * @throws Fenced when another relay has opened the log since
     */
    void append(List<OutboxRow> rows) throws Fenced;

    /** What is not committed is given up. Harmless twice. */
    void close();

    /** Another relay has opened the log. */
    final class Fenced extends Exception {
        Fenced(Throwable cause) {
            super("another relay has taken over", cause);
        }
    }
}
