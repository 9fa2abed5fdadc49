package io.souk.kit.consumer;

/** An event that can never be applied, however often it is tried: it goes to the dead letters with this reason. */
public final class PoisonEvent extends RuntimeException {
    public PoisonEvent(String reason) {
        super(reason);
    }

    public PoisonEvent(String reason, Throwable cause) {
        super(reason, cause);
    }
}
