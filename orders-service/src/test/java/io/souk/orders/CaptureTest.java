package io.souk.orders;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.souk.orders.payment.Verdict;
import io.souk.testing.Database;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
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
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

/** Captures and refunds of a payment of 9.00 USD. */
@OrdersTest
class CaptureTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Shop shop = new Shop();
    private final String admin = Tokens.of(shop.tenant(), "admin");
    private UUID order = UUID.randomUUID();

    @BeforeEach
    void confirmAnOrder() {
        order = shop.place("tok_ok");
        shop.confirm(order);
    }

    @Test
    void givenAConfirmedOrder_whenItIsCapturedAndRefundedInParts_thenItsPaymentTellsEachOfThem() {
        move("captures", key(), 500).statusCode(202).body("status", equalTo("PENDING"));
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(500)));
        move("refunds", key(), 200).statusCode(202);
        move("captures", key(), null).statusCode(202).body("amount.amount", equalTo(400));

        eventually(() -> shop.payment(order)
                .body("captured.amount", equalTo(900))
                .body("refunded.amount", equalTo(200))
                .body("movements.status", contains("SUCCEEDED", "SUCCEEDED", "SUCCEEDED"))
                .body("movements.kind", contains("CAPTURE", "REFUND", "CAPTURE")));
        given().auth()
                .oauth2(shop.customer())
                .get("/v1/orders/{id}/timeline", order)
                .then()
                .statusCode(200)
                .body("items.what", hasItem("CAPTURE SUCCEEDED"))
                .body("items.note", hasItem(containsString("refunded 200 minor units")));
    }

    @Test
    void givenTwelveCapturesAtOnce_whenTogetherTheyAreTooMuch_thenNeverMoreThanAuthorisedIsCaptured() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = threads
                    .invokeAll(IntStream.range(0, 12)
                            .<Callable<Integer>>mapToObj(_ ->
                                    () -> move("captures", key(), 100).extract().statusCode())
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();

            assertThat(statuses).containsOnly(202, 409);
            assertThat(statuses.stream().filter(status -> status == 202)).hasSize(9);
        }
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(900)));
    }

    @Test
    void givenOneKey_whenACaptureIsSentTwice_thenItIsMadeOnce() {
        var key = key();
        String first = move("captures", key, 300).statusCode(202).extract().path("id");

        move("captures", key, 300).statusCode(202).body("id", equalTo(first));
        move("captures", key, 301)
                .statusCode(422)
                .body("type", equalTo("https://souk.example/problems/idempotency-key-reused"));

        eventually(
                () -> shop.payment(order).body("captured.amount", equalTo(300)).body("movements", hasSize(1)));
    }

    @ParameterizedTest
    @CsvSource({"captures, 901, 900", "refunds, 1, 0"})
    void givenTooMuch_whenItIsAskedFor_thenTheAnswerSaysWhatIsLeft(String what, int amount, int left) {
        move(what, key(), amount)
                .statusCode(409)
                .body("type", equalTo("https://souk.example/problems/amount-exceeded"))
                .body("left.amount", equalTo(left))
                .body("errors.pointer", contains("/amount/amount"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":{\"amount\":1,\"currency\":\"EUR\"}}",
                "{\"amount\":{\"amount\":0,\"currency\":\"USD\"}}"
            })
    void givenAnAmountThatCannotBe_whenItIsAskedFor_thenItIsRefused(String body) {
        send("captures", key(), body, admin).statusCode(422);
    }

    @Test
    void givenAProviderThatRefuses_whenItIsAskedToCapture_thenTheAmountMayBeCapturedAgain() {
        order = shop.place("tok_capture_declined");
        shop.confirm(order);

        move("captures", key(), null).statusCode(202);

        eventually(() -> shop.payment(order)
                .body("movements.status", contains("REFUSED"))
                .body("movements.reason", contains("The authorisation has run out"))
                .body("captured.amount", equalTo(0)));
        move("captures", key(), 900).statusCode(202);
    }

    @Test
    void givenACaptureWithoutAnAnswer_whenThePaymentIsReadAgain_thenItsTagIsAnotherOneUntilNothingChanges() {
        ScriptedProvider.script(shop.tenant()).answer(new Verdict.Approved("ok"));
        order = shop.placeScripted(shop.tenant());
        shop.confirm(order);
        move("captures", key(), 600).statusCode(202);
        var before = shop.payment(order).body("transactions", hasSize(1)).extract();

        eventually(LONG, () -> shop.payment(order).body("transactions.outcome", hasItem("TIMED_OUT")));
        try (var worker = Database.of("orders", "worker")) {
            worker.update(
                    "update orders.payment_movement set due_at = now() + interval '1 hour' where tenant = ?",
                    shop.tenant());
        }

        var after = read(before.header("ETag")).statusCode(200).extract();
        assertThat(after.<Integer>path("version")).isEqualTo(before.path("version"));
        read(after.header("ETag")).statusCode(304).header("ETag", equalTo(after.header("ETag")));
    }

    @Test
    void givenACaptureWithoutAnAnswer_whenTheOrderIsCancelled_thenItIsAskedAgainAndWhatItTookGoesBack() {
        var script = ScriptedProvider.script(shop.tenant());
        script.answer(new Verdict.Approved("ok"));
        order = shop.placeScripted(shop.tenant());
        shop.confirm(order);
        move("captures", key(), 600).statusCode(202);
        eventually(LONG, () -> shop.payment(order).body("transactions.outcome", hasItem("TIMED_OUT")));

        Shop.cancel(order, admin).statusCode(200);
        script.answerCaptures(new Verdict.Approved("late"));

        eventually(
                LONG,
                () -> shop.payment(order)
                        .body("status", equalTo("VOIDED"))
                        .body("captured.amount", equalTo(600))
                        .body("refunded.amount", equalTo(600)));
        assertThat(script.captures).hasSizeGreaterThan(1);
    }

    @Test
    void givenACapturedOrder_whenItIsCancelled_thenAllOfItIsRefunded() {
        move("captures", key(), 700).statusCode(202);
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(700)));
        move("refunds", key(), 100).statusCode(202);

        Shop.cancel(order, admin).statusCode(200);

        eventually(() -> shop.payment(order).body("status", equalTo("VOIDED")).body("refunded.amount", equalTo(700)));
    }

    @Test
    void givenACapturedOrder_whenItsCustomerCancelsIt_thenTheAnswerSaysWhyNotAndNothingGoesBack() {
        move("captures", key(), 1).statusCode(202);
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(1)));

        Shop.cancel(order, shop.customer())
                .statusCode(409)
                .body("type", equalTo("https://souk.example/problems/payment-captured"))
                .body("detail", containsString("captured"));

        shop.get(order).body("status", equalTo("CONFIRMED"));
        Shop.cancel(order, Tokens.of(shop.tenant(), "service")).statusCode(200);
        Shop.cancel(order, shop.customer()).statusCode(200).body("status", equalTo("CANCELLED"));
    }

    @Test
    void givenACaptureUnderWay_whenTheCustomerCancels_thenItIsRefusedUntilTheProviderHasRefusedTheCapture() {
        var script = ScriptedProvider.script(shop.tenant());
        script.answer(new Verdict.Approved("ok"));
        order = shop.placeScripted(shop.tenant());
        shop.confirm(order);
        move("captures", key(), 600).statusCode(202);

        Shop.cancel(order, shop.customer()).statusCode(409);
        script.answerCaptures(new Verdict.Refused("run out"));
        eventually(LONG, () -> shop.payment(order).body("movements.status", contains("REFUSED")));

        Shop.cancel(order, shop.customer()).statusCode(200);
    }

    @Test
    void givenAnOrderThatIsNotConfirmed_whenItIsCaptured_thenItIsRefused() {
        order = shop.place("tok_ok");

        move("captures", key(), 100)
                .statusCode(409)
                .body("type", equalTo("https://souk.example/problems/not-capturable"));
    }

    @Test
    void givenSomebodyElse_whenThePaymentIsReadOrMoved_thenItIsNotTheirs() {
        var body = "{}";
        send("captures", key(), body, shop.customer()).statusCode(403);
        send("captures", key(), body, Tokens.of(shop.tenant(), "merchant")).statusCode(403);
        send("refunds", key(), body, Tokens.of(shop.tenant(), "readonly")).statusCode(403);
        send("captures", key(), body, Tokens.of(Tenants.fresh(), "admin")).statusCode(404);
        for (var stranger :
                new String[] {Tokens.of(shop.tenant(), "customer", "bob", null), Tokens.of(Tenants.fresh(), "admin")}) {
            for (var what : new String[] {"payment", "timeline"}) {
                given().auth()
                        .oauth2(stranger)
                        .get("/v1/orders/{id}/{what}", order, what)
                        .then()
                        .statusCode(404);
            }
        }
        shop.payment(order).body("captured.amount", equalTo(0));
    }

    @Test
    void givenNoKey_whenACaptureIsSent_thenItIsAskedFor() {
        given().auth()
                .oauth2(admin)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/v1/orders/{id}/payment/captures", order)
                .then()
                .statusCode(400);
    }

    private ValidatableResponse read(String seen) {
        return given().auth()
                .oauth2(admin)
                .header("If-None-Match", seen)
                .get("/v1/orders/{id}/payment", order)
                .then();
    }

    private ValidatableResponse move(String what, String key, @Nullable Integer amount) {
        return send(
                what,
                key,
                amount == null ? "{}" : "{\"amount\":{\"amount\":%d,\"currency\":\"USD\"}}".formatted(amount),
                admin);
    }

    private ValidatableResponse send(String what, String key, String body, String token) {
        return Shop.move(order, what, key, body, token);
    }
}
