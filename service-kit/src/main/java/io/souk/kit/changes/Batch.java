package io.souk.kit.changes;

import java.util.List;

/**
 * Some events, and where to go on.
 *
 * @param events may be none, though there are more: what was looked at belongs to others
 * @param more whether there may be more already
 */
record Batch(List<byte[]> events, Place place, boolean more) {}
