package io.souk.kit.health;

import org.jspecify.annotations.Nullable;

/** A bean of this type may tell that the service answers, but not as well as it should. */
public interface Degradation {
    /** What is concerned, e.g. {@code redis}. */
    String name();

    /** Why, in a few words; null while all is well. Asked on an event loop: it must answer at once. */
    @Nullable
    String reason();
}
