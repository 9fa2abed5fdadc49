package io.souk.kit.redis;

/**
 * Redis cannot be used now: not connected, not answering in time, too much in flight, or not fit. The command may have been
 * executed or not. Without a stack trace, since it may be thrown for every read.
 */
public final class RedisUnavailable extends RuntimeException {
    RedisUnavailable(String message) {
        super(message, null, false, false);
    }
}
