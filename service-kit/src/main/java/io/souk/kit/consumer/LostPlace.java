package io.souk.kit.consumer;

/**
 * An index no longer holds what it had applied, as after a failure of its disk: the tail asks again for
 * {@link TailConsumer#startOffsets} and goes on from there. No event is to blame.
 */
public final class LostPlace extends RuntimeException {
    public LostPlace(String reason, Throwable cause) {
        super(reason, cause);
    }
}
