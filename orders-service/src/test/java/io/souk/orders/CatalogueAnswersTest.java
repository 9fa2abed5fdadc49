package io.souk.orders;

import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.souk.kit.problem.Problem;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.TenantId;
import io.souk.orders.price.FindOffers;
import io.souk.orders.price.Offer;
import io.souk.testing.Tokens;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
                            .find(tenant(), List.of(new Sku(shop.sku())), "USD", "Bearer " + shop.customer())
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
            return PeerServer.send(exchange, 429, "{}");
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
            value = {"{\"items\": 17}", "{\"items\": [{}]}", "<html>moved</html>", "''"},
            delimiter = '|')
    void givenAnAnswerThatCannotBeRead_whenAnOrderIsSent_thenItIsOurFaultAndNotTheCustomers(String nonsense) {
        CatalogueServer.goWrong(exchange -> PeerServer.send(exchange, 200, nonsense));

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

    @Test
    void givenCallsUnderWay_whenManyAskForTheSame_thenOneCallServesAllOfThem() {
        try (var gate = new Gate()) {
            var early = gate.fill(this::ask);

            var late = Stream.generate(this::ask).limit(50).toList();
            gate.close();

            assertThat(late).allSatisfy(offers -> assertThat(offers.join()).containsKey(Sku.key(shop.sku())));
            assertThat(early).allSatisfy(offers -> assertThat(offers.join()).hasSize(1));
        }
        assertThat(CatalogueServer.asked()).isEqualTo(Gate.PLACES + 1);
    }

    @Test
    void givenASharedCall_whenItsTokenIsRefused_thenTheOthersAskAgain() {
        var other = "Bearer " + Tokens.of(shop.tenant(), "customer", "grace", null);
        try (var gate = new Gate()) {
            gate.refuse("Bearer " + shop.customer());
            gate.fill(() -> ask(other));

            var refused = ask();
            var served = ask(other);
            gate.close();

            assertThatThrownBy(refused::join)
                    .hasCauseInstanceOf(Problem.class)
                    .hasMessageContaining("does not allow reading the catalogue");
            assertThat(served.join()).hasSize(1);
        }
        assertThat(CatalogueServer.asked()).isEqualTo(Gate.PLACES + 2);
    }

    @Test
    void givenASharedCall_whenOneWhoWaitsForItGoesAway_thenTheOthersAreServed() {
        try (var gate = new Gate()) {
            gate.fill(this::ask);

            var gone = find().subscribe().with(_ -> {}, _ -> {});
            var stays = ask();
            gone.cancel();
            var comes = ask();
            gate.close();

            assertThat(stays.join()).hasSize(1);
            assertThat(comes.join()).hasSize(1);
        }
    }

    @Test
    void givenAsManyQuestionsAsMayWait_whenOneMoreIsAsked_thenItIsUnavailable() {
        try (var gate = new Gate()) {
            gate.fill(this::ask);
            var waiting = IntStream.range(0, 1_000)
                    .mapToObj(i -> new Sku(shop.sku() + "-" + i))
                    .toList();
            var asked = find(waiting, "Bearer " + shop.customer());

            assertThatThrownBy(ask()::join)
                    .hasCauseInstanceOf(Problem.class)
                    .hasMessageContaining("The catalogue cannot be asked at present");
            var again = find(waiting, "Bearer " + shop.customer());
            gate.close();

            assertThat(asked.join()).isEmpty();
            assertThat(again.join()).isEmpty();
            assertThat(ask().join()).hasSize(1);
        }
    }

    @Test
    void givenMoreAtOnceThanMayWait_whenItIsRefused_thenItKeepsNobodyFromAskingLater() {
        var tooMany = IntStream.rangeClosed(0, 1_000)
                .mapToObj(i -> new Sku(shop.sku() + "-" + i))
                .toList();

        assertThatThrownBy(find(tooMany, "Bearer " + shop.customer())::join)
                .hasCauseInstanceOf(Problem.class)
                .hasMessageContaining("The catalogue cannot be asked at present");

        eventually(() -> assertThat(ask().join()).hasSize(1));
    }

    /** Lets no call be answered until it is closed. */
    private static final class Gate implements AutoCloseable {
        /** Calls of a tenant that may be under way. */
        static final int PLACES = 4;

        private final CountDownLatch over = new CountDownLatch(1);
        private volatile String refused = "";

        Gate() {
            CatalogueServer.goWrong(exchange -> {
                hang(over);
                return exchange.getRequestHeaders().getFirst("Authorization").equals(refused)
                        && PeerServer.send(exchange, 403, "{}");
            });
        }

        void refuse(String bearer) {
            refused = bearer;
        }

        /** Asks until all calls that may be are under way. */
        List<CompletableFuture<Map<String, Offer>>> fill(Supplier<CompletableFuture<Map<String, Offer>>> ask) {
            var asked = Stream.generate(ask).limit(PLACES).toList();
            eventually(() -> assertThat(CatalogueServer.asked()).isEqualTo(PLACES));
            return asked;
        }

        @Override
        public void close() {
            over.countDown();
        }
    }

    private CompletableFuture<Map<String, Offer>> ask() {
        return ask("Bearer " + shop.customer());
    }

    private CompletableFuture<Map<String, Offer>> ask(String bearer) {
        return find(List.of(new Sku(shop.sku())), bearer);
    }

    private CompletableFuture<Map<String, Offer>> find(List<Sku> skus, String bearer) {
        return findOffers.find(tenant(), skus, "USD", bearer).subscribeAsCompletionStage();
    }

    private Uni<Map<String, Offer>> find() {
        return findOffers.find(tenant(), List.of(new Sku(shop.sku())), "USD", "Bearer " + shop.customer());
    }

    private TenantId tenant() {
        return new TenantId(shop.tenant());
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
