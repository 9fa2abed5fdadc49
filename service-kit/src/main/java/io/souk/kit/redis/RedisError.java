package io.souk.kit.redis;

/** Redis has answered a command with an error. Without a stack trace: where the reply arrives says nothing of the sender. */
public final class RedisError extends RuntimeException {
    RedisError(String message) {
        super(message, null, false, false);
    }

    /** Whether the error's first word is that code, e.g. {@code NOSCRIPT}. */
    public boolean is(String code) {
        var message = String.valueOf(getMessage());
        return message.startsWith(code) && (message.length() == code.length() || message.charAt(code.length()) == ' ');
    }
}
