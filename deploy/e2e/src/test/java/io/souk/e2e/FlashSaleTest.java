package io.souk.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Far more customers than there are units, all in the same moment. */
@Order(4)
@Timeout(900)
@ExtendWith(TellsLogs.class)
class FlashSaleTest {
    /** How the customers pay, in turn. */
    private static final List<String> CARDS = List.of(
            "tok_ok",
            "tok_ok",
            "tok_ok",
            "tok_declined",
            "tok_ok",
            "tok_flaky",
            "tok_ok",
            "tok_ok",
            "tok_timeout",
            "tok_ok");

    /** How an order ends that gets a unit, by how it is paid. */
    private static final Map<String, String> ENDS = Map.of(
            "tok_ok", "CONFIRMED", "tok_flaky", "CONFIRMED", "tok_declined", "DECLINED", "tok_timeout", "EXPIRED");

    private final Souk souk = Souk.stack();

    @Test
    void givenTwentyUnits_whenTwoHundredOrderOneAtOnce_thenTwentyGetItAndEachOfTheOthersIsToldAtOnceWhichLineIsShort()
            throws InterruptedException {
        var rush = new Rush(souk, 20);

        var sale = rush.of(200, _ -> "tok_ok", () -> {}, Duration.ofMinutes(2));

        assertThat(sale.asksAgain()).as("nobody is told to come again").isEmpty();
        assertThat(sale.counts()).containsOnly(Map.entry("CONFIRMED", 20L), Map.entry("REJECTED", 180L));
        assertThat(sale.ended("REJECTED"))
                .extracting(order -> order.path("refused").toString())
                .containsOnly("[{\"line\":0,\"sku\":\"%s\",\"requested\":1,\"available\":0,\"reason\":\"TOO_FEW\"}]"
                        .formatted(rush.sku()));
        rush.addsUp(20);
    }

    /** Both in one sale: a payment without an answer holds its unit for two minutes, so two sales would take twice as long. */
    @Test
    void givenAThousandForAHundredUnits_whenPaymentsFailAndServicesAreKilled_thenEveryOrderEndsAndTheBooksAgree()
            throws InterruptedException {
        var rush = new Rush(souk, 100);
        var kills = List.of(
                new Kill("inventory", 50, souk.process("inventory")), // while it gives the units out
                new Kill("orders", 150, souk.process("orders"))); // while they wait for those units
        var met = new ArrayList<Met>();

        var sale = rush.of(
                1_000,
                number -> CARDS.get(number % CARDS.size()),
                () -> {
                    kills.forEach(kill -> met.add(happen(kill, rush)));
                    kills.forEach(kill -> souk.start(kill.service()));
                },
                Duration.ofMinutes(5));

        assertThat(met)
                .hasSameSizeAs(kills)
                .allSatisfy(kill -> assertThat(sale.orders())
                        .as("orders on their way when %s was killed", kill.service())
                        .anyMatch(kill::isOnItsWay));
        assertThat(sale.counts()).containsOnlyKeys("CONFIRMED", "REJECTED", "DECLINED", "EXPIRED");
        ENDS.forEach((card, end) -> assertThat(sale.paidBy(card))
                .as("those who pay by %s", card)
                .extracting(Rush::status)
                .isSubsetOf(end, "REJECTED"));
        long sold = sale.ended("CONFIRMED").size();
        assertThat(sold).isBetween(1L, 100L);
        rush.addsUp(sold);
    }

    /** A service gets a SIGKILL once more than so many orders were accepted. */
    private record Kill(String service, int placed, ProcessHandle process) {}

    private Met happen(Kill kill, Rush rush) {
        eventually(Duration.ofMinutes(3), () -> assertThat(rush.placed()).isGreaterThan(kill.placed()));
        var aliveAt = Instant.now();
        kill.process().destroyForcibly();
        kill.process().onExit().orTimeout(60, TimeUnit.SECONDS).join();
        var goneAt = Instant.now();
        return new Met(kill.service(), aliveAt, goneAt);
    }

    /** When a service was killed that lived at the one time, and was gone at the other. */
    private record Met(String service, Instant aliveAt, Instant goneAt) {
        /** Placed before, and not ended. Those that expire are so for two minutes, whatever is killed: they show nothing. */
        boolean isOnItsWay(JsonNode order) {
            return Rush.placedAt(order).isBefore(aliveAt)
                    && Rush.endedAt(order).isAfter(goneAt)
                    && !Rush.status(order).equals("EXPIRED");
        }
    }
}
