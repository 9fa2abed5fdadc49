package io.souk.orders;

import io.souk.orders.payment.Verdict.Approved;
import io.souk.testing.Database;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.UUID;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.key;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

/** A movement that our database has forgotten is asked for with the provider's same idempotency key. */
@OrdersTest
class RestoredPaymentTest {
    private static final String BODY = "{\"amount\":{\"amount\":300,\"currency\":\"USD\"}}";

    private final Shop shop = new Shop();
    private final String admin = Tokens.of(shop.tenant(), "admin");
    private final ScriptedProvider.Script script = ScriptedProvider.script(shop.tenant());
    private UUID order = UUID.randomUUID();

    @BeforeEach
    void confirmAnOrder() {
        script.answer(new Approved("ok"));
        script.answerCaptures(new Approved("taken"));
        order = shop.placeScripted(shop.tenant());
        shop.confirm(order);
    }

    @Test
    void givenARestoredDatabase_whenACaptureIsAskedForAgain_thenTheProviderIsAskedWithTheSameKey() {
        var backup = Backup.of(shop.tenant());
        var key = key();
        capture(key);

        backup.restore();
        shop.payment(order).body("captured.amount", equalTo(0));
        capture(key);

        assertThat(script.captures).hasSize(2);
        assertThat(script.captures.getFirst()).isEqualTo(script.captures.getLast());
    }

    @Test
    void givenARestoredDatabase_whenACapturedOrderIsCancelledAgain_thenTheProviderIsAskedToRefundWithTheSameKey() {
        capture(key());
        var backup = Backup.of(shop.tenant());
        cancel();

        backup.restore();
        shop.payment(order).body("refunded.amount", equalTo(0));
        cancel();

        assertThat(script.refunds).hasSize(2);
        assertThat(script.refunds.getFirst()).isEqualTo(script.refunds.getLast());
    }

    @Test
    void givenARefusedRefund_whenItIsAskedForOnceMore_thenTheProviderIsAskedAnew() {
        capture(key());
        script.refuseNextRefund();
        Shop.cancel(order, admin).statusCode(200);
        eventually(() -> shop.payment(order).body("movements.status", contains("REFUSED", "SUCCEEDED")));

        given().auth()
                .oauth2(admin)
                .queryParam("repair", true)
                .post("/v1/orders/verifications")
                .then()
                .body("findings.kind", contains("NOT_REFUNDED"));

        eventually(() -> shop.payment(order).body("refunded.amount", equalTo(300)));
        assertThat(script.refunds).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void givenAKeyWhoseAnswerIsKeptNoLonger_whenItIsSentAgain_thenItIsStillTheSameCapture() {
        var key = key();
        var first = capture(key);
        try (var owner = Database.of("orders", "owner")) {
            owner.update("delete from orders.idempotency_key where tenant = ?", shop.tenant());
        }

        assertThat(capture(key)).isEqualTo(first);
        Shop.move(order, "captures", key, BODY.replace("300", "301"), admin)
                .statusCode(422)
                .body("type", equalTo("https://souk.example/problems/idempotency-key-reused"));

        shop.payment(order).body("captured.amount", equalTo(300)).body("movements", hasSize(1));
        assertThat(script.captures).hasSize(1);
    }

    private String capture(String key) {
        String id = Shop.move(order, "captures", key, BODY, admin)
                .statusCode(202)
                .extract()
                .path("id");
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(300)));
        return id;
    }

    private void cancel() {
        Shop.cancel(order, admin).statusCode(200);
        eventually(() -> shop.payment(order).body("refunded.amount", equalTo(300)));
    }
}
