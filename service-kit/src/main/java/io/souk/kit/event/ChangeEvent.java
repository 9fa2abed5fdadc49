package io.souk.kit.event;

/** One version of an aggregate as a reader gets it. Events of one aggregate come in order, and may come again. */
public sealed interface ChangeEvent<T> {
    Envelope envelope();

    /** The aggregate's full public state after the change, as the reader declares it. */
    record Changed<T>(Envelope envelope, T state) implements ChangeEvent<T> {}

    /** The aggregate is gone: deleted, or purged from the log. */
    record Deleted<T>(Envelope envelope) implements ChangeEvent<T> {}
}
