package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.inventory.stock.Hold;
import io.souk.kit.event.Change;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** Tells of reservations, in the transaction that changed them. */
@ApplicationScoped
class TellReservation {
    private final Outbox outbox;

    TellReservation(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * One reservation after its change.
     *
     * @param cause the event that asked for it; null when it was a client or the clock
     */
    record News(
            Reservation reservation,
            List<Hold> holds,
            List<String> changed,
            @Nullable UUID cause) {}

    Uni<Void> of(Tx tx, Reservation reservation, List<Hold> holds, List<String> changed, @Nullable UUID cause) {
        return all(tx, List.of(new News(reservation, holds, changed, cause)));
    }

    Uni<Void> all(Tx tx, List<News> news) {
        return outbox.appendAll(tx, news.stream().map(TellReservation::change).toList());
    }

    private static Change change(News news) {
        var state = ReservationState.of(news.reservation(), news.holds(), news.changed());
        var change = Change.changed(Topics.RESERVATION, state.id(), state.version(), state);
        return news.cause() == null ? change : change.causedBy(news.cause());
    }
}
