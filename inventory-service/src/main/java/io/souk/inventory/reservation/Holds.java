package io.souk.inventory.reservation;

import io.souk.inventory.stock.Hold;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What some reservations hold or held. */
record Holds(Map<UUID, List<Hold>> byReservation) {
    List<Hold> of(UUID reservation) {
        return byReservation.getOrDefault(reservation, List.of());
    }

    static Holds of(UUID reservation, List<Hold> holds) {
        return new Holds(Map.of(reservation, holds));
    }

    List<Hold> all() {
        return byReservation.values().stream().flatMap(List::stream).toList();
    }
}
