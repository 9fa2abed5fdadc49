package io.souk.orders;

import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.RestAssured;
import io.souk.testing.Database;
import io.souk.testing.Tokens;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

@OrdersTest
class WaitTest {
    /** The default of {@code souk.checkout.max-waits-per-tenant}. */
    private static final int PER_TENANT = 32;

    @Inject
    MeterRegistry metrics;

    private final Shop shop = new Shop();

    @Test
    void givenAsManyWaitersAsATenantMayHave_whenOneMoreWouldWait_thenItIsToldWhereToLookAtOnceAndOthersAreUnharmed() {
        try (var clients = HttpClient.newHttpClient()) {
            var waiting = waiters(clients, PER_TENANT);

            var start = System.nanoTime();
            Shop.post(Shop.key(), shop.customer(), Shop.body(shop.sku(), 1, "tok_ok"), "wait=30")
                    .statusCode(202)
                    .header("Location", startsWith("/v1/orders/"))
                    .header("Preference-Applied", equalTo(null))
                    .body("status", equalTo("PLACED"));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
            assertThat(metrics.counter("souk.orders.waits.refused").count()).isPositive();
            var other = new Shop();
            var asked = Shop.key();
            var answer = CompletableFuture.supplyAsync(
                    () -> Shop.post(asked, other.customer(), Shop.body(other.sku(), 1, "tok_ok"), "wait=20"));
            refuseStockOf(other);
            answer.join().statusCode(200).header("Preference-Applied", notNullValue());

            refuseStockOf(shop);
            assertThat(waiting.stream().map(CompletableFuture::join).map(HttpResponse::statusCode))
                    .containsOnly(200);
            eventually(() -> assertThat(waits()).isZero());
        }
    }

    @Test
    void givenWaiters_whenTheirClientsGoAway_thenTheirPlacesAreFree() {
        var clients = HttpClient.newHttpClient();
        waiters(clients, PER_TENANT);

        clients.shutdownNow();

        eventually(() -> assertThat(waits()).isZero());
    }

    @Test
    void givenAWaiter_whenItsTimeIsUp_thenItIsToldWhereToLookAndItsPlaceIsFree() {
        Shop.post(Shop.key(), shop.customer(), Shop.body(shop.sku(), 1, "tok_ok"), "wait=1")
                .statusCode(202)
                .header("Location", startsWith("/v1/orders/"));

        eventually(() -> assertThat(waits()).isZero());
    }

    @Test
    void givenAWaiter_whenTheOutcomeCannotBeRead_thenItIsToldThatItsOrderIsPlaced() {
        try (var owner = Database.of("orders", "owner")) {
            var answer = CompletableFuture.supplyAsync(
                    () -> Shop.post(Shop.key(), shop.customer(), Shop.body(shop.sku(), 1, "tok_ok"), "wait=30"));
            eventually(() -> assertThat(waits()).isEqualTo(1));
            owner.update("revoke select on orders.order_step from orders_app"); // what only the answer reads
            try {
                refuseStockOf(shop);

                answer.join()
                        .statusCode(202)
                        .header("Location", startsWith("/v1/orders/"))
                        .body("status", equalTo("PLACED"));
            } finally {
                owner.update("grant select on orders.order_step to orders_app");
            }
        }
    }

    /** So many requests that wait for an order each, all of them admitted. */
    private List<CompletableFuture<HttpResponse<String>>> waiters(HttpClient clients, int count) {
        var sent = IntStream.range(0, count)
                .mapToObj(_ -> clients.sendAsync(request(), HttpResponse.BodyHandlers.ofString()))
                .toList();
        eventually(() -> assertThat(waits()).isEqualTo(count));
        return sent;
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(URI.create("http://localhost:%d/v1/orders".formatted(RestAssured.port)))
                .header("Authorization", "Bearer " + shop.customer())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", Shop.key())
                .header("Prefer", "wait=30")
                .POST(HttpRequest.BodyPublishers.ofString(Shop.body(shop.sku(), 1, "tok_ok")))
                .build();
    }

    private double waits() {
        return metrics.get("souk.orders.waits").gauge().value();
    }

    /** Ends every order of the shop, those that are just being placed too. */
    private static void refuseStockOf(Shop shop) {
        var admin = Tokens.of(shop.tenant(), "admin");
        eventually(() -> {
            var listed = Shop.list(admin).extract();
            List<String> open = listed.path("items.findAll { it.status == 'PLACED' }.id");
            assertThat(listed.<List<String>>path("items.id")).isNotEmpty();
            open.forEach(order -> InventoryEvents.reservation(
                    shop.tenant(), UUID.randomUUID(), 1, UUID.fromString(order), "REFUSED", "[]"));
            assertThat(open).isEmpty();
        });
    }
}
