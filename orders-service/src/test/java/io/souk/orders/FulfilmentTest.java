package io.souk.orders;

import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.souk.orders.payment.Verdict;
import io.souk.testing.Database;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.key;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

/** An order's goods are sent and arrive, and its payment of 9.00 USD is taken. */
@OrdersTest
class FulfilmentTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String PARCEL = "{\"carrier\":\"UPS\",\"trackingNumber\":\"1Z999\"}";

    @Inject
    MeterRegistry metrics;

    private final Shop shop = new Shop();
    private final String admin = Tokens.of(shop.tenant(), "admin");
    private UUID order = UUID.randomUUID();
    private UUID reservation = UUID.randomUUID();

    @BeforeEach
    void confirmAnOrder() {
        order = shop.place("tok_ok");
        reservation = shop.confirm(order);
    }

    @Test
    void givenAConfirmedOrder_whenItIsFulfilledAndDelivered_thenItIsCaptured_andEachStepIsTold() {
        fulfil(key(), PARCEL)
                .statusCode(200)
                .header("ETag", equalTo("\"5\""))
                .body("status", equalTo("FULFILLED"))
                .body("fulfilment.carrier", equalTo("UPS"))
                .body("fulfilment.trackingNumber", nullValue()); // kept for a day, whoever is erased meanwhile
        InventoryEvents.reservation(shop.tenant(), reservation, 3, order, "SHIPPED", "[]");
        eventually(() -> shop.payment(order)
                .body("status", equalTo("AUTHORISED"))
                .body("captured.amount", equalTo(900))
                .body("movements", hasSize(1)));

        deliver().statusCode(200).header("ETag", equalTo("\"6\"")).body("status", equalTo("DELIVERED"));
        deliver().statusCode(200).header("ETag", equalTo("\"6\""));

        shop.get(order)
                .body("fulfilment.trackingNumber", equalTo("1Z999"))
                .body(
                        "timeline.status",
                        contains("PLACED", "RESERVED", "AUTHORISED", "CONFIRMED", "FULFILLED", "DELIVERED"))
                .body("timeline.note", hasItem("The goods are on their way with UPS"));
        Shop.get(order, admin).body("fulfilment.trackingNumber", equalTo("1Z999"));
        for (var role : List.of("readonly", "service")) {
            var answer = Shop.get(order, Tokens.of(shop.tenant(), role)).statusCode(200);
            assertThat(answer.extract().asString()).contains("UPS").doesNotContain("1Z999");
            assertThat(Shop.list(Tokens.of(shop.tenant(), role)).extract().asString())
                    .doesNotContain("1Z999");
        }
        timeline().body("items.what", hasItems("FULFILLED", "CAPTURE SUCCEEDED", "DELIVERED"));
        eventually(() -> assertThat(events()).hasSize(6));
        assertThat(events().get(4)).contains("\"FULFILLED\"");
        assertThat(events().getLast()).contains("\"DELIVERED\"");
        assertThat(events()).as("what leads to a person").noneMatch(event -> event.contains("1Z999"));
        verify(false).body("findings", empty());
    }

    @Test
    void givenNothingIsSaidOfTheParcel_whenTheOrderIsFulfilled_thenItIsSoAllTheSame() {
        shop.get(order).body("fulfilment", nullValue());

        fulfil(key(), "{}").statusCode(200).body("fulfilment", notNullValue());

        shop.get(order)
                .body("status", equalTo("FULFILLED"))
                .body("fulfilment.carrier", nullValue())
                .body("timeline.note", hasItem("The goods are on their way"));
    }

    @Test
    void givenOneKey_whenTheOrderIsFulfilledTwice_thenItIsSoOnce_andAnotherKeyIsTooLate() {
        var key = key();
        fulfil(key, PARCEL).statusCode(200);

        fulfil(key, PARCEL).statusCode(200).header("Idempotent-Replayed", equalTo("true"));
        fulfil(key, "{}").statusCode(422).body("type", endsWith("/idempotency-key-reused"));
        fulfil(key(), PARCEL)
                .statusCode(409)
                .body("type", endsWith("/not-fulfillable"))
                .body("orderStatus", equalTo("FULFILLED"));

        shop.get(order).body("version", equalTo(5));
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(900)));
        shop.payment(order).body("movements", hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLACED", "RESERVED", "AUTHORISED", "REJECTED", "DECLINED", "EXPIRED", "CANCELLED"})
    void givenAnOrderThatIsNotConfirmed_whenItIsFulfilledOrDelivered_thenTheAnswerSaysWhatItIs(String status) {
        order = UUID.randomUUID();
        try (var owner = Database.of("orders", "owner")) {
            Planted.order(owner, shop.tenant(), order, status, "VOIDED");
        }

        fulfil(key(), PARCEL)
                .statusCode(409)
                .body("type", endsWith("/not-fulfillable"))
                .body("orderStatus", equalTo(status));
        deliver().statusCode(409).body("type", endsWith("/not-deliverable")).body("orderStatus", equalTo(status));

        shop.payment(order).body("movements", empty());
    }

    @Test
    void givenAConfirmedOrder_whenItIsDelivered_thenItHasToBeSentFirst() {
        deliver().statusCode(409).body("type", endsWith("/not-deliverable")).body("orderStatus", equalTo("CONFIRMED"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"carrier": ""}                  | 422
                    {"trackingNumber": " "}          | 422
                    {"carrier": "a\\nb"}             | 422
                    {"carrier": 17}                  | 400
                    {"parcel": "17"}                 | 400
                    []                               | 400
                    """)
    void givenWhatCannotBeTold_whenTheOrderIsFulfilled_thenNothingIs(String body, int status) {
        fulfil(key(), body).statusCode(status);
        fulfil(key(), "{\"trackingNumber\":\"%s\"}".formatted("1".repeat(101))).statusCode(422);
        fulfil("", PARCEL).statusCode(400);

        shop.get(order).body("status", equalTo("CONFIRMED"));
    }

    @Test
    void givenGoodsThatHaveLeft_whenWhatIsSaidOfTheParcelIsCorrected_thenItIsSo_andTheOrderStandsWhereItStood() {
        fulfil(key(), "{\"carrier\":\"UPS\"}").statusCode(200);

        correct("\"5\"", "{\"trackingNumber\":\"1Z998\"}", admin)
                .statusCode(200)
                .header("ETag", equalTo("\"6\""))
                .body("status", equalTo("FULFILLED"))
                .body("fulfilment.carrier", equalTo("UPS"))
                .body("fulfilment.trackingNumber", equalTo("1Z998"));
        deliver().statusCode(200).header("ETag", equalTo("\"7\""));
        correct("\"7\"", "{\"carrier\":null,\"trackingNumber\":\"1Z999\"}", Tokens.of(shop.tenant(), "service"))
                .statusCode(200)
                .header("ETag", equalTo("\"8\""))
                .body("status", equalTo("DELIVERED"))
                .body("fulfilment.carrier", nullValue());
        correct("\"8\"", "{\"trackingNumber\":\"1Z999\"}", admin)
                .statusCode(200)
                .header("ETag", equalTo("\"8\""));

        shop.get(order)
                .body("fulfilment.trackingNumber", equalTo("1Z999"))
                .body("timeline.status[4..7]", contains("FULFILLED", "FULFILLED", "DELIVERED", "DELIVERED"))
                .body("timeline.note", hasItem(containsString("corrected")))
                .body("timeline.note.join(' ')", not(containsString("1Z99")));
        eventually(() -> assertThat(events()).hasSize(8));
        assertThat(List.of(events().get(5), events().get(7))).allMatch(event -> event.contains("\"changed\":[]"));
        assertThat(events()).as("what leads to a person").noneMatch(event -> event.contains("1Z99"));
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(900)));
        shop.payment(order).body("movements", hasSize(1));
        verify(false).body("findings", empty());
    }

    @Test
    void givenAnotherVersionOrNoGoodsThatLeftOrNoText_whenTheFulfilmentIsCorrected_thenTheAnswerSaysWhy() {
        correct("\"4\"", PARCEL, admin)
                .statusCode(409)
                .body("type", endsWith("/not-fulfilled"))
                .body("orderStatus", equalTo("CONFIRMED"));
        fulfil(key(), PARCEL).statusCode(200);

        correct("\"4\"", "{}", admin).statusCode(412).body("current.version", equalTo(5));
        correct("", "{}", admin).statusCode(428);
        correct("\"5\"", "{\"trackingNumber\":\"%s\"}".formatted("1".repeat(101)), admin)
                .statusCode(422)
                .body("errors.pointer", contains("/trackingNumber"));
        correct("\"5\"", "{\"carrier\":\" \"}", admin).statusCode(422);
        correct("\"5\"", "{\"parcel\":\"17\"}", admin).statusCode(400);
        correct("\"5\"", "{}", Tokens.of(shop.tenant(), "merchant")).statusCode(403);
        correct("\"5\"", "{}", Tokens.of(Tenants.fresh(), "admin")).statusCode(404);

        shop.get(order).body("version", equalTo(5)).body("fulfilment.trackingNumber", equalTo("1Z999"));
    }

    @Test
    void givenManyCorrectionsAtOnce_thenOneIsTaken() throws Exception {
        fulfil(key(), PARCEL).statusCode(200);

        var answers = atOnce(IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(i -> () -> correct("\"5\"", "{\"carrier\":\"C%d\"}".formatted(i), admin)
                        .extract()
                        .statusCode())
                .toList());

        assertThat(answers).containsOnly(200, 412).containsOnlyOnce(200);
        shop.get(order).body("version", equalTo(6));
    }

    @Test
    void givenSomebodyElse_whenTheOrderIsFulfilledOrDelivered_thenItIsNotTheirs() {
        for (var role : List.of("customer", "merchant", "readonly")) {
            send("fulfilments", key(), PARCEL, Tokens.of(shop.tenant(), role)).statusCode(403);
            send("deliver", key(), "", Tokens.of(shop.tenant(), role)).statusCode(403);
        }
        var stranger = Tokens.of(Tenants.fresh(), "admin");
        send("fulfilments", key(), PARCEL, stranger).statusCode(404);
        send("deliver", key(), "", stranger).statusCode(404);

        shop.get(order).body("status", equalTo("CONFIRMED"));
    }

    @Test
    void givenGoodsThatHaveLeft_whenTheOrderIsCancelled_thenTheAnswerSaysWhy_andARefundIsPossible() {
        fulfil(key(), PARCEL).statusCode(200);
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(900)));

        for (var token : List.of(shop.customer(), admin)) {
            Shop.cancel(order, token)
                    .statusCode(409)
                    .body("type", endsWith("/order-fulfilled"))
                    .body("orderStatus", equalTo("FULFILLED"))
                    .body("detail", containsString("refund"));
        }
        deliver().statusCode(200);
        Shop.cancel(order, admin).statusCode(409).body("orderStatus", equalTo("DELIVERED"));
        Shop.move(order, "refunds", key(), "{}", admin).statusCode(202);

        eventually(() -> shop.payment(order).body("refunded.amount", equalTo(900)));
        verify(false).body("findings", empty());
    }

    @Test
    void givenFulfilAndCancelAtOnce_thenExactlyOneWins() throws Exception {
        for (int round = 0; round < 5; round++) {
            order = shop.place("tok_ok");
            shop.confirm(order);

            var answers = atOnce(List.<Callable<Integer>>of(
                    () -> fulfil(key(), PARCEL).extract().statusCode(),
                    () -> Shop.cancel(order, admin).extract().statusCode()));

            assertThat(answers).containsExactlyInAnyOrder(200, 409);
            if (answers.getFirst() == 200) {
                eventually(() -> shop.payment(order)
                        .body("status", equalTo("AUTHORISED"))
                        .body("captured.amount", equalTo(900)));
                shop.get(order).body("status", equalTo("FULFILLED"));
            } else {
                eventually(() -> shop.payment(order).body("status", equalTo("VOIDED")));
                shop.payment(order).body("captured.amount", equalTo(0));
                shop.get(order).body("status", equalTo("CANCELLED"));
            }
        }
        verify(false).body("findings", empty());
    }

    @Test
    void givenManyFulfilAtOnce_thenOneDoes_andItIsCapturedOnce() throws Exception {
        var answers = atOnce(IntStream.range(0, 12)
                .<Callable<Integer>>mapToObj(
                        _ -> () -> fulfil(key(), PARCEL).extract().statusCode())
                .toList());

        assertThat(answers).containsOnly(200, 409).containsOnlyOnce(200);
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(900)));
        shop.payment(order).body("movements", hasSize(1));
        shop.get(order).body("version", equalTo(5));
    }

    @Test
    void givenCapturesByHandAtTheSameTime_thenTogetherTheyTakeAllOnce() throws Exception {
        var answers = atOnce(IntStream.range(0, 10)
                .<Callable<Integer>>mapToObj(i -> () -> i == 5
                        ? fulfil(key(), PARCEL).extract().statusCode()
                        : Shop.move(
                                        order,
                                        "captures",
                                        key(),
                                        "{\"amount\":{\"amount\":50,\"currency\":\"USD\"}}",
                                        admin)
                                .extract()
                                .statusCode())
                .toList());

        assertThat(answers.get(5)).isEqualTo(200);
        assertThat(answers).isSubsetOf(200, 202, 409);
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(900)));
        verify(false).body("findings", empty());
    }

    @Test
    void givenACaptureByHandWithoutAnAnswer_whenTheOrderIsFulfilled_thenTheRestIsCaptured_andARefusalIsAskedOnceMore() {
        var script = scripted();
        Shop.move(order, "captures", key(), "{\"amount\":{\"amount\":600,\"currency\":\"USD\"}}", admin)
                .statusCode(202);

        fulfil(key(), PARCEL).statusCode(200);
        eventually(() -> shop.payment(order).body("movements.amount.amount", contains(300, 600)));
        script.answerCaptures(new Verdict.Refused("run out"));

        eventually(LONG, () -> shop.payment(order).body("movements.status", contains("REFUSED", "REFUSED")));
        shop.get(order).body("status", equalTo("FULFILLED"));
        timeline().body("items.what", hasItem("CAPTURE REFUSED"));
        verify(false).body("findings.kind", contains("NOT_CAPTURED")).body("findings.repaired", contains(false));
        verify(true).body("findings.kind", contains("NOT_CAPTURED")).body("findings.repaired", contains(true));
        eventually(() -> shop.payment(order)
                .body("movements.amount.amount", contains(900, 300, 600))
                .body("movements.status", contains("REFUSED", "REFUSED", "REFUSED")));
        assertThat(script.captures.stream().distinct())
                .as("another question each time")
                .hasSize(3);
    }

    @Test
    void givenAProviderThatIsSilent_whenTheOrderIsFulfilled_thenItIsAskedAgainWithTheSameKeyUntilItSpeaks() {
        var script = scripted();
        fulfil(key(), PARCEL).statusCode(200);
        eventually(LONG, () -> shop.payment(order).body("transactions.outcome", hasItem("TIMED_OUT")));
        deliver().statusCode(200);

        script.answerCaptures(new Verdict.Approved("late"));

        eventually(LONG, () -> shop.payment(order).body("captured.amount", equalTo(900)));
        assertThat(script.captures).hasSizeGreaterThan(1);
        assertThat(script.captures.stream().distinct()).hasSize(1);
    }

    @Test
    void givenAProviderThatRefuses_whenTheOrderIsFulfilled_thenItIsAnIncident_andMayBeCapturedByHand() {
        order = shop.place("tok_capture_declined");
        shop.confirm(order);
        var before = incidents();

        fulfil(key(), PARCEL).statusCode(200);

        eventually(() -> shop.payment(order).body("movements.status", contains("REFUSED")));
        eventually(() -> assertThat(incidents()).isGreaterThan(before));
        shop.get(order).body("status", equalTo("FULFILLED"));
        Shop.move(order, "captures", key(), "{}", admin).statusCode(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RELEASED", "EXPIRED", "REFUSED"})
    void givenGoodsThatHaveLeft_whenInventoryHasLostThem_thenItIsAnIncident_andTheOrderStaysAsItIs(String lost) {
        fulfil(key(), PARCEL).statusCode(200);
        var before = incidents();

        InventoryEvents.reservation(shop.tenant(), reservation, 3, order, lost, "[]");

        eventually(() -> assertThat(incidents()).isGreaterThan(before));
        shop.get(order).body("status", equalTo("FULFILLED")).body("version", equalTo(5));
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(900)));
    }

    @Test
    void
            givenADatabaseThatHasForgottenTheFulfilment_whenInventoryHasShippedIt_thenItIsFulfilledAgain_andCapturedOnce() {
        var script = scripted();
        script.answerCaptures(new Verdict.Approved("taken"));
        var backup = Backup.of(shop.tenant());
        fulfil(key(), PARCEL).statusCode(200);
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(900)));

        backup.restore();
        InventoryEvents.reservation(shop.tenant(), reservation, 3, order, "SHIPPED", "[]");

        eventually(() -> shop.get(order).body("status", equalTo("FULFILLED")));
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(900)));
        assertThat(script.captures.stream().distinct()).as("the provider's key").hasSize(1);
    }

    @Test
    void givenADatabaseThatHasForgottenThePayment_whenInventoryHasShippedIt_thenItIsAuthorisedAgain_andCapturedOnce() {
        var script = ScriptedProvider.script(shop.tenant());
        script.answer(new Verdict.Approved("ok"));
        script.answerCaptures(new Verdict.Approved("taken"));
        order = shop.placeScripted(shop.tenant());
        var backup = Backup.of(shop.tenant());
        reservation = shop.confirm(order);
        fulfil(key(), PARCEL).statusCode(200);
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(900)));
        var before = incidents();

        backup.restore();
        shop.get(order).body("status", equalTo("PLACED"));
        InventoryEvents.reservation(shop.tenant(), reservation, 3, order, "SHIPPED", "[]");

        eventually(() -> shop.get(order).body("status", equalTo("FULFILLED")));
        eventually(() -> shop.payment(order)
                .body("status", equalTo("AUTHORISED"))
                .body("captured.amount", equalTo(900))
                .body("movements", hasSize(1)));
        assertThat(incidents()).isGreaterThan(before);
        assertThat(script.captures.stream().distinct()).as("the provider's key").hasSize(1);
        assertThat(script.cancelled).hasValue(0);
        verify(false).body("findings", empty());
        catchUpWithLog();
    }

    /** Instead of the raised epoch that follows a restore: who tells this log's tables once more takes no table behind it. */
    private void catchUpWithLog() {
        try (var owner = Database.of("orders", "owner")) {
            owner.update("update orders.orders set version = 5 where tenant = ? and id = ?", shop.tenant(), order);
        }
    }

    /** As when the database was restored to a moment before the provider's answer. */
    @Test
    void givenAPaymentWithoutAnAnswer_whenInventoryHasShippedTheOrder_thenItIsCapturedAsSoonAsItIsApproved() {
        var script = reservedAndShipped();
        overdue();

        script.answer(new Verdict.Approved("late"));
        script.answerCaptures(new Verdict.Approved("taken"));

        eventually(LONG, () -> shop.payment(order).body("captured.amount", equalTo(900)));
        shop.get(order).body("status", equalTo("FULFILLED"));
        assertThat(script.captures.stream().distinct()).hasSize(1);
        assertThat(script.cancelled).hasValue(0);
        verify(false).body("findings", empty());
    }

    @Test
    void givenAPaymentWithoutAnAnswer_whenInventoryHasShippedTheOrder_thenARefusalIsAnIncident_andNobodyPaysIt() {
        var script = reservedAndShipped();
        var before = incidents();

        script.answer(new Verdict.Refused("no funds"));

        eventually(LONG, () -> shop.payment(order).body("status", equalTo("DECLINED")));
        eventually(() -> assertThat(incidents()).isGreaterThan(before));
        shop.get(order).body("status", equalTo("FULFILLED"));
        verify(false).body("findings.kind", contains("UNPAID"));
    }

    @Test
    void givenOrdersThatWereSent_whenTheirDeadlinePasses_thenTheSweepLeavesThemAlone() {
        fulfil(key(), PARCEL).statusCode(200);
        var placed = shop.place("tok_ok");
        overdue();

        eventually(() -> shop.get(placed).body("status", equalTo("EXPIRED")));

        shop.get(order).body("status", equalTo("FULFILLED"));
        verify(false).body("findings", empty());
    }

    private ScriptedProvider.Script reservedAndShipped() {
        var script = ScriptedProvider.script(shop.tenant());
        order = shop.placeScripted(shop.tenant());
        reservation = UUID.randomUUID();
        InventoryEvents.reservation(shop.tenant(), reservation, 1, order, "OPEN", "[]");
        eventually(() -> shop.get(order).body("status", equalTo("RESERVED")));
        InventoryEvents.reservation(shop.tenant(), reservation, 3, order, "SHIPPED", "[]");
        eventually(() -> shop.get(order).body("status", equalTo("FULFILLED")));
        return script;
    }

    private void overdue() {
        try (var worker = Database.of("orders", "worker")) {
            worker.update(
                    "update orders.orders set deadline = now() - interval '1 hour' where tenant = ?", shop.tenant());
        }
    }

    private ScriptedProvider.Script scripted() {
        var script = ScriptedProvider.script(shop.tenant());
        script.answer(new Verdict.Approved("ok"));
        order = shop.placeScripted(shop.tenant());
        reservation = shop.confirm(order);
        return script;
    }

    private ValidatableResponse fulfil(String key, String body) {
        return send("fulfilments", key, body, admin);
    }

    private ValidatableResponse correct(String ifMatch, String patch, String token) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .header("If-Match", ifMatch)
                .body(patch)
                .patch("/v1/orders/{id}/fulfilments", order)
                .then();
    }

    private ValidatableResponse deliver() {
        return send("deliver", key(), "", admin);
    }

    private ValidatableResponse send(String what, String key, String body, String token) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/v1/orders/{id}/{what}", order, what)
                .then();
    }

    private ValidatableResponse timeline() {
        return given().auth()
                .oauth2(shop.customer())
                .get("/v1/orders/{id}/timeline", order)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse verify(boolean repair) {
        return given().auth()
                .oauth2(admin)
                .queryParam("repair", repair)
                .post("/v1/orders/verifications")
                .then()
                .statusCode(200);
    }

    private List<String> events() {
        return shop.events(order).stream()
                .map(event -> new String(event.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private double incidents() {
        return metrics.counter("souk.orders.incidents").count();
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }
}
