package io.souk.kit.event;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The members of an aggregate's state that moved, as its event names them in {@code changed}. For one thread. */
public final class MovedMembers {
    private final List<String> names = new ArrayList<>();

    /** Names the member if it is another now. */
    public MovedMembers compare(String member, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            names.add(member);
        }
        return this;
    }

    /** In the order in which they were compared. */
    public List<String> names() {
        return List.copyOf(names);
    }
}
