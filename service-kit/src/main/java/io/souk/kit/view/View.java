package io.souk.kit.view;

import io.souk.kit.event.Order;
import io.vertx.core.buffer.Buffer;

/** What a reader is given for one id and one kind. */
public sealed interface View {
    /** The moment for which it is proven: no commit before it is missing. Microseconds since 1970 by the database's clock. */
    long provenMicros();

    /** Whether that is longer ago than a reader may be given in silence: a foreign source lags behind its owner. */
    boolean stale();

    /** Whether it is at least as new as a version that the reader has seen. */
    boolean reaches(Order seen);

    /** The same, said to be stale. */
    View asStale();

    /** The view's JSON, ready to be served. The buffer may be a slice of a network buffer: read it, never write to it. */
    record Live(Order order, Buffer json, long provenMicros, boolean stale) implements View {
        @Override
        public boolean reaches(Order seen) {
            return order.compareTo(seen) >= 0;
        }

        @Override
        public View asStale() {
            return new Live(order, json, provenMicros, true);
        }
    }

    /** There is nothing to show: deleted, or not public at this version. */
    record Gone(Order order, long provenMicros, boolean stale) implements View {
        @Override
        public boolean reaches(Order seen) {
            return order.compareTo(seen) >= 0;
        }

        @Override
        public View asStale() {
            return new Gone(order, provenMicros, true);
        }
    }

    /** No such aggregate for this tenant. It has no order, so it reaches none. */
    record Absent(long provenMicros, boolean stale) implements View {
        @Override
        public boolean reaches(Order seen) {
            return false;
        }

        @Override
        public View asStale() {
            return new Absent(provenMicros, true);
        }
    }
}
