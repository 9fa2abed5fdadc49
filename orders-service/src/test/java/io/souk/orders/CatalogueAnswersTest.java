package io.souk.orders;

import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.response.ValidatableResponse;
import io.souk.kit.sku.Sku;
import io.souk.orders.price.FindOffers;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

/** What becomes of an order when the catalogue says no, says nonsense, or says nothing. */
@OrdersTest
class CatalogueAnswersTest {
    /** As many calls as the circuit breaker remembers. */
    private static final int WINDOW = 20;

    @Inject
    FindOffers findOffers;

    @Inject
    MeterRegistry metrics;

    private final Shop shop = new Shop();

    /** So many proper answers that no test feels the failures of the one before. */
    @BeforeEach
    void forgetFailures() {
        CatalogueServer.heal();
        for (int i = 0; i < WINDOW; i++) {
            eventually(() -> assertThat(findOffers
                            .find(List.of(new Sku(shop.sku())), "USD", "Bearer " + shop.customer())
                            .await()
                            .atMost(Duration.ofSeconds(30)))
                    .hasSize(1));
        }
        CatalogueServer.heal();
    }

    @AfterEach
    void heal() {
        CatalogueServer.heal();
    }

    @ParameterizedTest
    @CsvSource({
        "401, 401, unauthenticated, unauthenticated",
        "403, 403, forbidden, forbidden",
        "400, 500, internal, refused",
        "404, 500, internal, refused",
        "422, 500, internal, refused"
    })
    void givenACatalogueThatRefuses_whenAnOrderIsSent_thenItIsAskedOnceAndTheCustomerHearsWhoseFaultItIs(
            int refusal, int status, String slug, String kind) {
        CatalogueServer.failWith(refusal);
        double before = failures(kind);

        post().statusCode(status).body("type", equalTo("https://souk.example/problems/" + slug));

        assertThat(CatalogueServer.asked()).isEqualTo(1);
        assertThat(failures(kind)).isEqualTo(before + 1);
        nothingIsStored();
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "'', 1", "-1, 1", "0, 1", "99999, 1", "3600, 60", "'Sat, 21 Nov 2026 10:00:00 GMT', 1"})
    void givenACatalogueThatIsAskedTooOften_whenAnOrderIsSent_thenTheCustomerIsToldHowLongToWait(
            String said, String told) {
        CatalogueServer.goWrong(exchange -> {
            if (!said.isEmpty()) {
                exchange.getResponseHeaders().add("Retry-After", said);
            }
            return CatalogueServer.send(exchange, 429, "{}");
        });

        post().statusCode(429).header("Retry-After", equalTo(told));

        assertThat(CatalogueServer.asked()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503"})
    void givenACatalogueThatFails_whenAnOrderIsSent_thenItIsAskedTwiceAndTheCustomerIsToldWhenToComeAgain(int failure) {
        CatalogueServer.failWith(failure);

        post().statusCode(503).header("Retry-After", notNullValue());

        assertThat(CatalogueServer.asked()).isEqualTo(2);
        nothingIsStored();
    }

    @Test
    void givenACatalogueThatFailsOnce_whenAnOrderIsSent_thenItIsPlaced() {
        CatalogueServer.failOnce(503);

        post().statusCode(202);

        assertThat(CatalogueServer.asked()).isEqualTo(2);
    }

    @Test
    void givenACatalogueThatHangsUp_whenAnOrderIsSent_thenItIsUnavailable() {
        CatalogueServer.goWrong(exchange -> {
            exchange.close();
            return true;
        });

        post().statusCode(503).header("Retry-After", notNullValue());
    }

    @Test
    void givenACatalogueThatNeverAnswers_whenAnOrderIsSent_thenTheAnswerComesWithinTheLimit() {
        var over = new CountDownLatch(1);
        CatalogueServer.goWrong(_ -> hang(over));
        long start = System.nanoTime();

        try {
            post().statusCode(503).header("Retry-After", notNullValue());

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
        } finally {
            over.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource(
            value = {"{\"items\": 17}", "<html>moved</html>", "''"},
            delimiter = '|')
    void givenAnAnswerThatCannotBeRead_whenAnOrderIsSent_thenItIsOurFaultAndNotTheCustomers(String nonsense) {
        CatalogueServer.goWrong(exchange -> CatalogueServer.send(exchange, 200, nonsense));

        post().statusCode(500).body("traceId", notNullValue());

        nothingIsStored();
    }

    @Test
    void givenACatalogueThatKeepsFailing_whenOrdersAreSent_thenItIsLeftAloneForAWhileAndThenAskedAgain() {
        CatalogueServer.failWith(500);
        for (int i = 0; i < WINDOW; i++) {
            post().statusCode(503);
        }
        assertThat(CatalogueServer.asked()).isLessThan(2 * WINDOW);

        CatalogueServer.heal();
        eventually(() -> post().statusCode(202));
    }

    @Test
    void givenLongSkusOfManyBytes_whenTheyAreOrdered_thenNoQuestionIsTooLong() {
        var lines = IntStream.range(0, 40)
                .mapToObj(i -> "逾越節".repeat(30) + shop.tenant().substring(2, 8) + i)
                .peek(sku -> CatalogueServer.offer(sku, 100, "USD"))
                .map("{\"sku\":\"%s\",\"quantity\":1}"::formatted)
                .collect(Collectors.joining(","));

        Shop.post(Shop.key(), shop.customer(), Shop.order(lines))
                .statusCode(202)
                .body("lines", hasSize(40));
    }

    @Test
    void givenASkuOfNothingButSpaces_whenItIsOrdered_thenTheCatalogueIsNotAsked() {
        Shop.post(Shop.key(), shop.customer(), Shop.body("\\u2003", 1, "tok_ok"))
                .statusCode(422)
                .body("errors[0].pointer", startsWith("/lines/0/sku"));

        assertThat(CatalogueServer.asked()).isZero();
    }

    private ValidatableResponse post() {
        return Shop.post(Shop.key(), shop.customer(), Shop.body(shop.sku(), 1, "tok_ok"));
    }

    private void nothingIsStored() {
        shop.list().body("items", hasSize(0));
    }

    private double failures(String kind) {
        return metrics.counter("souk.orders.catalogue.failures", "kind", kind).count();
    }

    private static boolean hang(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
