package io.souk.inventory.reservation;

import io.souk.inventory.Ledger;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What the topic tells of a tenant's reservations. */
final class Stories {
    private Stories() {}

    /**
     * The statuses of each reservation, version for version from the first one on: no version is left out or told twice. Of
     * reservations that nobody changes any more.
     */
    static Map<String, List<ReservationStatus>> of(String tenant) {
        var present = Ledger.query("select id || '@' || version from inventory.reservation where tenant = ?", tenant);
        eventually(() -> assertThat(Told.states(Topics.RESERVATION, tenant))
                .extracting(state -> state.getString("id") + "@" + state.getLong("version"))
                .containsAll(present));
        var told = Told.states(Topics.RESERVATION, tenant).stream()
                .collect(Collectors.groupingBy(state -> state.getString("id")));
        told.forEach((id, states) -> assertThat(states)
                .as("versions of %s", id)
                .extracting(state -> state.getLong("version"))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, states.size()).boxed().toList()));
        return told.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        story -> story.getValue().stream().map(Stories::status).toList()));
    }

    private static ReservationStatus status(JsonObject state) {
        return ReservationStatus.valueOf(state.getString("status"));
    }
}
