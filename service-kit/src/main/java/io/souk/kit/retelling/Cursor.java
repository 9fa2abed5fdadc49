package io.souk.kit.retelling;

import java.util.UUID;

/**
 * How far the part is that is being done.
 *
 * @param offset the next one to read
 * @param tenant of the last row that was told; empty before the first
 * @param id likewise
 */
record Cursor(long offset, String tenant, UUID id) {
    static final Cursor START = new Cursor(0, "", new UUID(0, 0));

    static Cursor at(long offset) {
        return new Cursor(offset, START.tenant, START.id);
    }

    static Cursor behind(String tenant, UUID id) {
        return new Cursor(START.offset, tenant, id);
    }
}
