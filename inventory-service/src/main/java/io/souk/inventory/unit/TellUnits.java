package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.kit.event.Change;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** Tells of units, in the transaction that changed them. */
@ApplicationScoped
class TellUnits {
    private final Outbox outbox;

    TellUnits(Outbox outbox) {
        this.outbox = outbox;
    }

    /** @param cause the event that asked for it; null when it was a person or the clock */
    Uni<Void> all(Tx tx, List<UnitState> states, @Nullable UUID cause) {
        return outbox.appendAll(
                tx, states.stream().map(state -> change(state, cause)).toList());
    }

    private static Change change(UnitState state, @Nullable UUID cause) {
        var change = Change.changed(Topics.UNIT, state.id(), state.version(), state);
        return cause == null ? change : change.causedBy(cause);
    }
}
