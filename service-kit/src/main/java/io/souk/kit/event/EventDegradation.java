package io.souk.kit.event;

import io.souk.kit.health.Degradation;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Without Kafka, events wait: nothing is lost, and readers fall behind. */
@ApplicationScoped
class EventDegradation implements Degradation {
    private final EventHealth health;

    EventDegradation(EventHealth health) {
        this.health = health;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public @Nullable String reason() {
        var troubles = health.troubles();
        return troubles.isEmpty() ? null : String.join(", ", troubles.keySet()) + " wait";
    }
}
