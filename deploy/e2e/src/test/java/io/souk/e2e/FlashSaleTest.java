package io.souk.e2e;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
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

    private final Souk souk = Souk.stack();

    @Test
    void givenTwentyUnits_whenTwoHundredOrderOneAtOnce_thenTwentyGetItAndEachOfTheOthersIsToldWhichLineIsShort()
            throws InterruptedException {
        var rush = new Rush(souk, 20);

        var orders = rush.of(200, _ -> "tok_ok", () -> {}, Duration.ofMinutes(2));

        assertThat(Rush.counts(orders)).containsOnly(Map.entry("CONFIRMED", 20L), Map.entry("REJECTED", 180L));
        assertThat(orders)
                .filteredOn(order -> Rush.status(order).equals("REJECTED"))
                .extracting(order -> order.path("refused").toString())
                .containsOnly("[{\"line\":0,\"sku\":\"%s\",\"requested\":1,\"available\":0}]".formatted(rush.sku()));
        rush.addsUp(20);
    }

    /** A payment without an answer holds its unit for two minutes, until its deadline. */
    @Test
    void givenAThousandForAHundredUnits_whenPaymentsFailAndOrdersIsKilled_thenEveryOrderEndsAndTheBooksAgree()
            throws InterruptedException {
        var rush = new Rush(souk, 100);
        var process = souk.process("orders");

        var orders = rush.of(
                1_000,
                number -> CARDS.get(number % CARDS.size()),
                () -> {
                    eventually(
                            Duration.ofMinutes(3),
                            () -> assertThat(rush.placed()).isGreaterThan(150));
                    process.destroyForcibly();
                    process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
                    souk.start("orders");
                },
                Duration.ofMinutes(5));

        var counts = Rush.counts(orders);
        assertThat(counts).containsKeys("CONFIRMED", "REJECTED");
        long sold = counts.getOrDefault("CONFIRMED", 0L);
        assertThat(sold).isBetween(1L, 100L);
        rush.addsUp(sold);
    }
}
