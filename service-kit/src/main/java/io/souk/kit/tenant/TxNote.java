package io.souk.kit.tenant;

import org.jspecify.annotations.Nullable;

/**
 * A bean of this type is asked before each transaction of a tenant begins, for something of that moment that must not be
 * looked up later. What it says is found in {@link Tx#noted} under its type.
 */
public interface TxNote<T> {
    Class<T> type();

    /** Called on any thread, on the way of every request: it must answer at once. Null says nothing. */
    @Nullable
    T take();
}
