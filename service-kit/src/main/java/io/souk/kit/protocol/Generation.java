package io.souk.kit.protocol;

import java.util.UUID;

/**
 * What a service's cache holds since it was last known empty (the protocol, section 1): part of every key, kept in
 * PostgreSQL, never used twice.
 *
 * @param id a UUIDv7, so it tells when it was made
 */
public record Generation(UUID id) {
    private static final int VERSION = 7;
    private static final int BITS_BELOW_TIME = 16;
    private static final long MICROS_PER_MILLI = 1_000;

    public Generation {
        if (id.version() != VERSION) {
            throw new IllegalArgumentException("the id of a generation is a UUIDv7, not " + id);
        }
    }

    /** When it was made, to the millisecond. */
    public long madeAtMicros() {
        return (id.getMostSignificantBits() >>> BITS_BELOW_TIME) * MICROS_PER_MILLI;
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
