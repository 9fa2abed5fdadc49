package io.souk.kit.event;

/** A record that is not an event of its topic; the message says why, in words for an operator. */
public final class MalformedEvent extends RuntimeException {
    MalformedEvent(String reason) {
        super(reason, null, false, false);
    }
}
