package io.souk.stack;

import org.jspecify.annotations.Nullable;

/** Something in the way of the embedded stack. The message is one sentence for the person at the terminal. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
