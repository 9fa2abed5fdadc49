package io.souk.chaos.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Moment;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads out of events what they say of goods and money. */
final class Events {
    private Events() {}

    /** Nothing for an event of what else there is. */
    static Optional<Trade> trade(Fact.Told told, JsonNode data) {
        var thing = told.thing();
        return thing == null
                ? Optional.empty()
                : Optional.ofNullable(
                        switch (thing.aggregate()) {
                            case Thing.STOCK ->
                                new Trade.LevelTold(
                                        thing,
                                        told.order(),
                                        data.path("onHand").asLong(),
                                        data.path("reserved").asLong(),
                                        data.path("available").asLong(),
                                        until(data.path("expiresOn").asText(null)));
                            case Thing.RESERVATION ->
                                new Trade.ReservationTold(
                                        thing,
                                        told.order(),
                                        data.path("status").asText(),
                                        data.path("orderId").asText(null),
                                        Moment.of(Instant.parse(
                                                data.path("expiresAt").asText())));
                            case Thing.ORDER ->
                                new Trade.OrderTold(
                                        thing,
                                        told.order(),
                                        data.path("status").asText(),
                                        data.path("total").path("amount").asLong());
                            default -> null;
                        });
    }

    private static @Nullable Long until(@Nullable String lastDay) {
        return lastDay == null
                ? null
                : Moment.of(LocalDate.parse(lastDay)
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant());
    }
}
