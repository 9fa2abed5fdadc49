package io.souk.kit.outbox;

import java.util.List;

/** The relay's side of Kafka. */
interface RelayLog {
    /** Fences every earlier relay of this service: what it still sends is refused. */
    void open();

    /**
     * Appends all of the rows, in this order, or none of them, and returns when they are committed. After any failure the
     * outcome is unknown and the log must be opened anew.
     *
     * @throws Fenced when another relay has opened the log since
     */
    void append(List<OutboxRow> rows) throws Fenced;

    void close();

    /** Another relay has opened the log. */
    final class Fenced extends Exception {
        Fenced(Throwable cause) {
            super("another relay has taken over", cause);
        }
    }
}
