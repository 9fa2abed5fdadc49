package io.souk.inventory.verify;

import io.souk.kit.page.Cursor;
import io.souk.kit.problem.KitProblem;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.UUID;

/**
 * How far a verification has come.
 *
 * @param part of what it goes over, one kind after the other
 * @param after the id of the last one that was seen
 */
record Place<P extends Enum<P>>(P part, UUID after) {
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** The first place without a cursor; 400 for a cursor of another list. */
    static <P extends Enum<P>> Place<P> of(@Nullable String cursor, Class<P> parts) {
        if (cursor == null) {
            return new Place<>(parts.getEnumConstants()[0], BEFORE_ALL);
        }
        var key = Cursor.decode(cursor, 2);
        return new Place<>(part(Cursor.text(key, 0), parts), Cursor.id(key, 1));
    }

    private static <P extends Enum<P>> P part(String name, Class<P> parts) {
        return Arrays.stream(parts.getEnumConstants())
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> KitProblem.MALFORMED
                        .because("The cursor is of another list")
                        .parameter("cursor", "is none of this list"));
    }

    /** The cursor of a part's beginning. */
    static String first(Enum<?> part) {
        return behind(part, BEFORE_ALL);
    }

    static String behind(Enum<?> part, UUID after) {
        return Cursor.encode(part.name(), after);
    }
}
