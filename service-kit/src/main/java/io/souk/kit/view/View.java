package io.souk.kit.view;

import io.souk.kit.event.Order;
import io.vertx.core.buffer.Buffer;

/** What a reader is given for one id and one kind. */
public sealed interface View {
    /** The view's JSON, ready to be served. The buffer may be a slice of a network buffer: read it, never write to it. */
    record Live(Order order, Buffer json) implements View {}

    /** There is nothing to show: deleted, or not public at this version. */
    record Gone(Order order) implements View {}

    /** No such aggregate for this tenant. */
    record Absent() implements View {
        static final Absent INSTANCE = new Absent();
    }
}
