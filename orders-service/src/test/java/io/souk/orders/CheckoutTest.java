package io.souk.orders;

import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.souk.kit.event.Order;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.body;
import static io.souk.orders.Shop.key;
import static io.souk.orders.Shop.list;
import static io.souk.orders.Shop.order;
import static io.souk.orders.Shop.post;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

@OrdersTest
class CheckoutTest {
    @Inject
    MeterRegistry metrics;

    private final Shop shop = new Shop();
    private final String tenant = shop.tenant();
    private final String customer = shop.customer();
    private final String sku = shop.sku();

    @AfterEach
    void healCatalogue() {
        CatalogueServer.heal();
    }

    @Test
    void givenAnOrder_whenStockIsReservedAndPaidAndConfirmed_thenEachStepIsInItsTimelineAndOnItsTopic() {
        var id = place("tok_ok");
        var reservation = UUID.randomUUID();

        InventoryEvents.reservation(tenant, reservation, 1, id, "OPEN", "[]");
        eventually(() -> get(id).body("status", equalTo("AUTHORISED")));
        InventoryEvents.reservation(tenant, reservation, 2, id, "CONFIRMED", "[]");

        eventually(() -> get(id).body("status", equalTo("CONFIRMED"))
                .body("total.amount", equalTo(900))
                .body("timeline.status", contains("PLACED", "RESERVED", "AUTHORISED", "CONFIRMED"))
                .body("version", equalTo(4)));
        eventually(() -> assertThat(statuses(id)).containsExactly("PLACED", "RESERVED", "AUTHORISED", "CONFIRMED"));
    }

    @Test
    void givenAClientThatWaits_whenStockIsRefused_thenTheAnswerIsTheRejectionThatNamesTheLine() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var key = key();
            var answer = threads.submit(() -> post(key, customer, body(sku, 2, "tok_ok"), "wait=30"));
            var id = eventually(Duration.ofSeconds(25), () -> String.valueOf(newest()), found -> !found.equals("null"));

            InventoryEvents.reservation(
                    tenant,
                    UUID.randomUUID(),
                    1,
                    UUID.fromString(id),
                    "REFUSED",
                    "[{\"line\":0,\"sku\":\"%s\",\"requested\":2,\"available\":1}]".formatted(sku));

            answer.get()
                    .statusCode(200)
                    .header("Preference-Applied", startsWith("wait="))
                    .header("Souk-Version", "order/" + id + "=1")
                    .body("status", equalTo("REJECTED"))
                    .body("refused[0].line", equalTo(0))
                    .body("refused[0].available", equalTo(1));
        }
    }

    @Test
    void givenADeclinedPayment_whenStockIsReserved_thenTheOrderIsDeclinedAndSaysWhy() {
        var id = place("tok_declined");

        InventoryEvents.reservation(tenant, UUID.randomUUID(), 1, id, "OPEN", "[]");

        eventually(() -> get(id).body("status", equalTo("DECLINED")).body("reason", equalTo("The card was declined")));
    }

    @Test
    void givenAProviderThatFailsOnce_whenItIsAskedAgain_thenTheOrderGoesOn() {
        var id = place("tok_flaky");

        InventoryEvents.reservation(tenant, UUID.randomUUID(), 1, id, "OPEN", "[]");

        eventually(() -> get(id).body("status", equalTo("AUTHORISED")));
    }

    @Test
    void givenAPaidOrder_whenItsReservationExpires_thenItExpiresAndThePaymentIsGivenBack() {
        var id = place("tok_ok");
        var reservation = UUID.randomUUID();
        InventoryEvents.reservation(tenant, reservation, 1, id, "OPEN", "[]");
        eventually(() -> get(id).body("status", equalTo("AUTHORISED")));

        InventoryEvents.reservation(tenant, reservation, 2, id, "EXPIRED", "[]");

        eventually(() -> get(id).body("status", equalTo("EXPIRED")));
    }

    @Test
    void givenEventsTwiceAndPoisonBetweenThem_whenTheyAreRead_thenTheOrderTakesEachStepOnce() {
        var id = place("tok_ok");
        var reservation = UUID.randomUUID();

        InventoryEvents.reservation(tenant, reservation, 1, id, "OPEN", "[]");
        InventoryEvents.poison(tenant, reservation);
        InventoryEvents.reservation(tenant, reservation, 1, id, "OPEN", "[]");
        eventually(() -> get(id).body("status", equalTo("AUTHORISED")));
        InventoryEvents.reservation(tenant, reservation, 2, id, "CONFIRMED", "[]");
        InventoryEvents.reservation(tenant, reservation, 1, id, "OPEN", "[]");

        eventually(() -> get(id).body("status", equalTo("CONFIRMED"))
                .body("timeline.status", contains("PLACED", "RESERVED", "AUTHORISED", "CONFIRMED")));
    }

    @Test
    void givenAReservationOfNoOrder_whenItIsRead_thenItConcernsNobody() {
        double incidents = metrics.counter("souk.orders.incidents").count();
        var id = place("tok_ok");
        var reservation = UUID.randomUUID();

        InventoryEvents.reservationOfNoOrder(tenant, InventoryEvents.inPartitionOf(tenant, reservation));
        InventoryEvents.reservation(tenant, reservation, 1, id, "OPEN", "[]");

        eventually(() -> get(id).body("status", equalTo("AUTHORISED")));
        assertThat(metrics.counter("souk.orders.incidents").count()).isEqualTo(incidents);
    }

    /** Only inventory's own fault or a restored database can do this; no order may stand on stock that nobody holds. */
    @ParameterizedTest
    @ValueSource(strings = {"REFUSED", "RELEASED", "EXPIRED"})
    void givenAConfirmedOrder_whenItsStockIsLost_thenItIsCancelledThePaymentIsGivenBackAndItIsToldAsAnIncident(
            String lost) {
        double incidents = metrics.counter("souk.orders.incidents").count();
        var id = place("tok_ok");
        var reservation = shop.confirm(id);

        InventoryEvents.reservation(tenant, reservation, new Order(2, 1), id, lost, "[]");

        eventually(() -> get(id).body("status", equalTo("CANCELLED"))
                .body("reason", equalTo("its stock was lost after the confirmation"))
                .body("timeline.status", contains("PLACED", "RESERVED", "AUTHORISED", "CONFIRMED", "CANCELLED")));
        eventually(() ->
                assertThat(metrics.counter("souk.orders.incidents").count()).isEqualTo(incidents + 1));
        eventually(() -> assertThat(statuses(id)).endsWith("CANCELLED"));
    }

    @Test
    void givenAConfirmedOrder_whenAnOlderStateOfItsReservationIsReadAgain_thenItStaysConfirmed() {
        var id = place("tok_ok");
        var reservation = shop.confirm(id);
        var other = place("tok_ok");

        InventoryEvents.reservation(tenant, reservation, new Order(1, 1), id, "EXPIRED", "[]");
        InventoryEvents.reservation(
                tenant, InventoryEvents.inPartitionOf(tenant, reservation), 1, other, "REFUSED", "[]");

        eventually(() -> get(other).body("status", equalTo("REJECTED")));
        get(id).body("status", equalTo("CONFIRMED"));
    }

    @Test
    void givenAReservationOfAnUnknownOrder_whenItIsRead_thenItIsToldAsAnIncidentAndTheNextIsApplied() {
        double incidents = metrics.counter("souk.orders.incidents").count();
        var id = place("tok_ok");
        var reservation = UUID.randomUUID();

        InventoryEvents.reservation(
                tenant, InventoryEvents.inPartitionOf(tenant, reservation), 1, UUID.randomUUID(), "OPEN", "[]");
        InventoryEvents.reservation(tenant, reservation, 1, id, "REFUSED", "[]");

        eventually(() -> get(id).body("status", equalTo("REJECTED")));
        eventually(() ->
                assertThat(metrics.counter("souk.orders.incidents").count()).isEqualTo(incidents + 1));
    }

    @Test
    void givenAnotherTenantsReservation_whenItNamesThisOrder_thenTheOrderStandsAsItStood() {
        var id = place("tok_ok");
        var stranger = Tenants.fresh();
        var reservation = UUID.randomUUID();

        InventoryEvents.reservation(stranger, reservation, 1, id, "REFUSED", "[]");
        var next = InventoryEvents.inPartition(InventoryEvents.partition(stranger, reservation), tenant);
        InventoryEvents.reservation(tenant, next, 1, id, "OPEN", "[]");

        eventually(() -> get(id).body("timeline.status", contains("PLACED", "RESERVED", "AUTHORISED")));
    }

    @Test
    void givenOneKey_whenTheSameOrderIsSentTwentyTimesAtOnce_thenThereIsOneOrder() throws Exception {
        var key = key();

        List<ValidatableResponse> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads
                    .invokeAll(IntStream.range(0, 20)
                            .<java.util.concurrent.Callable<ValidatableResponse>>mapToObj(
                                    _ -> () -> post(key, customer, body(sku, 1, "tok_ok")))
                            .toList())
                    .stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .toList();
        }

        assertThat(answers.stream().map(answer -> answer.extract().statusCode()))
                .containsAnyOf(202)
                .isSubsetOf(202, 409);
        post(key, customer, body(sku, 1, "tok_ok")).statusCode(202).header("Idempotent-Replayed", equalTo("true"));
        list(customer).body("items.size()", equalTo(1));
    }

    @Test
    void givenAPlacedOrder_whenItsKeyComesAgainWhileTheCatalogueIsAway_thenItsAnswerIsReplayed() {
        var key = key();
        var placed = post(key, customer, body(sku, 1, "tok_ok"));
        String first = placed.extract().path("id");
        placed.header("Souk-Version", "order/" + first + "=1");
        CatalogueServer.failWith(500);

        post(key, customer, body(sku, 1, "tok_ok"))
                .statusCode(202)
                .header("Souk-Version", "order/" + first + "=1")
                .body("id", equalTo(first));
    }

    @Test
    void givenAUsedKey_whenItComesWithAnotherOrder_thenItIsRefused() {
        var key = key();
        post(key, customer, body(sku, 1, "tok_ok")).statusCode(202);

        post(key, customer, body(sku, 2, "tok_ok"))
                .statusCode(422)
                .body("type", equalTo("https://souk.example/problems/idempotency-key-reused"));
    }

    @Test
    void givenACatalogueThatIsAway_whenAnOrderIsSent_thenItIsToldWhenToComeAgainAndNothingIsStored() {
        CatalogueServer.failWith(503);

        post(key(), customer, body(sku, 1, "tok_ok")).statusCode(503).header("Retry-After", notNullValue());

        CatalogueServer.heal();
        list(customer).body("items", empty());
    }

    @Test
    void givenLinesThatCannotBeOrdered_whenTheyAreSent_thenEachIsNamed() {
        var unpriced = CatalogueServer.offer("FREE-" + tenant, 0, null).sku();
        var body = """
                {"currency":"USD","payment":{"provider":"sandbox","token":"tok_ok"},
                 "lines":[{"sku":"%s","quantity":1},{"sku":"NOBODY-SELLS-THIS","quantity":1},{"sku":"%s","quantity":1}]}""".formatted(sku, unpriced);

        post(key(), customer, body).statusCode(422).body("errors.pointer", contains("/lines/1/sku", "/lines/2/sku"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DRAFT", "ARCHIVED"})
    void givenAProductThatIsNotPublished_whenAnAdminOrdersIt_thenItIsNotForSale(String status) {
        var hidden =
                CatalogueServer.offer(status + "-" + tenant, 450, "USD", status).sku();

        post(key(), Tokens.of(tenant, "admin"), body(hidden, 1, "tok_ok"))
                .statusCode(422)
                .body("errors.pointer", contains("/lines/0/sku"));
    }

    @Test
    void givenASkuAsTheCatalogueTakesIt_whenItIsOrderedInAnotherSpelling_thenItIsFound() {
        var longest = ("ＳＫＵ-" + tenant + "-").concat("x".repeat(100)).substring(0, 100);
        CatalogueServer.offer(longest, 450, "USD");

        post(key(), customer, body(longest.replace("ＳＫＵ", "sku"), 1, "tok_ok"))
                .statusCode(202)
                .body("lines.sku", contains(longest));
    }

    @Test
    void givenASkuOfEmoji_thenItsLengthIsCountedInCharacters() {
        var sku = "👟".repeat(80) + tenant;
        CatalogueServer.offer(sku, 450, "USD");

        post(key(), customer, body(sku, 1, "tok_ok")).statusCode(202).body("lines.sku", contains(sku));
    }

    static Stream<Arguments> badBodies() {
        return Stream.of(
                Arguments.of("{", 400, null),
                Arguments.of("[]", 400, null),
                Arguments.of("", 400, null),
                Arguments.of(order("{\"sku\":\"A\",\"quantity\":\"two\"}"), 400, "/lines/0/quantity"),
                Arguments.of(order("{\"sku\":\"A\",\"quantity\":1.5}"), 400, "/lines/0/quantity"),
                Arguments.of(order("{\"sku\":\"A\",\"quantity\":99999999999}"), 400, "/lines/0/quantity"),
                Arguments.of(order("{\"sku\":\"A\",\"quantity\":1,\"price\":1}"), 400, "/lines/0/price"),
                Arguments.of(order("{\"sku\":\"A\\u0000\",\"quantity\":1}"), 400, "/lines/0/sku"),
                Arguments.of(order("{\"sku\":\"A\",\"quantity\":0}"), 422, "/lines/0/quantity"),
                Arguments.of(order("{\"sku\":\"A\",\"quantity\":-1}"), 422, "/lines/0/quantity"),
                Arguments.of(order("{\"sku\":\"A\",\"quantity\":10001}"), 422, "/lines/0/quantity"),
                Arguments.of(order("{\"sku\":\"\",\"quantity\":1}"), 422, "/lines/0/sku"),
                Arguments.of(order("{\"sku\":\" A\",\"quantity\":1}"), 422, "/lines/0/sku"),
                Arguments.of(order("{\"sku\":\"A,B\",\"quantity\":1}"), 422, "/lines/0/sku"),
                Arguments.of(order("{\"sku\":\"A\\u0007\",\"quantity\":1}"), 422, "/lines/0/sku"),
                Arguments.of(order("{\"sku\":\"" + "x".repeat(10_000) + "\",\"quantity\":1}"), 422, "/lines/0/sku"),
                Arguments.of(
                        order("{\"sku\":\"a\",\"quantity\":1},{\"sku\":\"A\",\"quantity\":1}"), 422, "/lines/1/sku"),
                Arguments.of(order("null"), 422, "/lines/0"),
                Arguments.of(order(""), 422, "/lines"),
                Arguments.of(order("{\"sku\":\"A\",\"quantity\":1}").replace("USD", "XXY"), 422, "/currency"),
                Arguments.of(
                        order("{\"sku\":\"A\",\"quantity\":1}").replace("sandbox", "cash"), 422, "/payment/provider"));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void givenABadBody_whenItIsSent_thenItIsRefusedByNameAndNothingIsStored(
            String body, int status, @Nullable String pointer) {
        var answer = post(key(), customer, body).statusCode(status).contentType("application/problem+json");

        if (pointer != null) {
            answer.body("errors.pointer", hasItems(pointer));
        }
        list(customer).body("items", empty());
    }

    @Test
    void givenNoKey_whenAnOrderIsSent_thenItIsAskedFor() {
        given().auth()
                .oauth2(customer)
                .contentType(ContentType.JSON)
                .body(body(sku, 1, "tok_ok"))
                .post("/v1/orders")
                .then()
                .statusCode(400)
                .body("type", equalTo("https://souk.example/problems/idempotency-key-required"));
    }

    @Test
    void givenOrdersOfSeveralPeople_whenTheyAreRead_thenACustomerSeesOwnOnesAndTheShopSeesAll() {
        var ada = place("tok_ok");
        var bob = Tokens.of(tenant, "customer", "bob", null);
        String bobs = post(key(), bob, body(sku, 1, "tok_ok")).extract().path("id");

        Shop.get(ada, bob).statusCode(404);
        list(bob).body("items.id", contains(bobs));
        list(Tokens.of(tenant, "admin")).body("items.id", containsInAnyOrder(bobs, ada.toString()));
        Shop.get(ada, Tokens.of(Tenants.fresh(), "admin")).statusCode(404);
        list(Tokens.of(Tenants.fresh(), "admin")).body("items", empty());
    }

    @Test
    void givenAReader_whenItSendsAnOrder_thenItIsForbidden() {
        post(key(), Tokens.of(tenant, "readonly"), body(sku, 1, "tok_ok")).statusCode(403);
        post(key(), Tokens.of(tenant, "merchant"), body(sku, 1, "tok_ok")).statusCode(403);
    }

    @Test
    void givenMoreOrdersThanAPage_whenTheyAreListed_thenEachComesOnceAndNewestFirst() {
        var ids =
                IntStream.range(0, 5).mapToObj(_ -> place("tok_ok").toString()).toList();

        var seen = new java.util.ArrayList<String>();
        @Nullable String cursor = null;
        do {
            var page = given().auth().oauth2(customer).queryParam("limit", 2);
            var answer = (cursor == null ? page : page.queryParam("cursor", cursor))
                    .get("/v1/orders")
                    .then()
                    .statusCode(200);
            seen.addAll(answer.extract().path("items.id"));
            cursor = answer.extract().path("next");
        } while (cursor != null);

        assertThat(seen).containsExactlyElementsOf(ids.reversed());
        given().auth()
                .oauth2(customer)
                .queryParam("cursor", "nonsense")
                .get("/v1/orders")
                .then()
                .statusCode(400);
    }

    private UUID place(String paymentToken) {
        return shop.place(paymentToken);
    }

    private ValidatableResponse get(UUID id) {
        return shop.get(id);
    }

    private @Nullable String newest() {
        return list(customer).extract().path("items[0].id");
    }

    private List<String> statuses(UUID id) {
        return shop.events(id).stream()
                .map(event -> new String(event.value(), StandardCharsets.UTF_8))
                .peek(json -> assertThat(json).doesNotContain("\"ada\""))
                .map(json -> json.replaceAll(".*\"status\":\"([A-Z]+)\".*", "$1"))
                .toList();
    }
}
