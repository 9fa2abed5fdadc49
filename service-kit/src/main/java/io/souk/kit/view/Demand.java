package io.souk.kit.view;

import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Order;
import io.souk.kit.http.AggregateVersions;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;

/**
 * What a request asks of the views that it is given, beyond what every request may count on.
 *
 * @param seen the versions that the caller has seen: nothing older may be given, unless the tables have nothing newer
 * @param maxAge how old an answer may be, if that is less than B; an older one is not given even with its age told
 */
public record Demand(AggregateVersions seen, @Nullable Duration maxAge) {
    /** Nothing beyond. */
    public static final Demand NONE = new Demand(AggregateVersions.NONE, null);

    @Nullable
    Order seen(AggregateType type, UUID id) {
        return seen.isEmpty() ? null : seen.find(type.name(), id);
    }
}
