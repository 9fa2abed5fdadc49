package io.souk.orders;

import io.restassured.response.ValidatableResponse;
import io.souk.testing.Database;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;
import java.util.concurrent.Executors;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.key;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

@OrdersTest
class VerifyOrdersTest {
    private final Shop shop = new Shop();
    private final String admin = Tokens.of(shop.tenant(), "admin");

    @Test
    void givenOrdersOfEveryKind_whenTheyAreVerified_thenNothingIsFound() {
        shop.place("tok_ok");
        shop.confirm(shop.place("tok_ok"));
        var declined = shop.place("tok_declined");
        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 1, declined, "OPEN", "[]");
        var rejected = shop.place("tok_ok");
        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 1, rejected, "REFUSED", "[]");
        var cancelled = shop.place("tok_ok");
        shop.confirm(cancelled);
        Shop.cancel(cancelled, admin).statusCode(200);
        eventually(() -> shop.get(declined).body("status", equalTo("DECLINED")));
        eventually(() -> shop.get(rejected).body("status", equalTo("REJECTED")));

        verify(admin, false)
                .statusCode(200)
                .body("orders", equalTo(5))
                .body("findings", empty())
                .body("next", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, AUTHORISED, MONEY_KEPT",
        "EXPIRED, AUTHORISED, MONEY_KEPT",
        "REJECTED, WAITING, MONEY_KEPT",
        "CONFIRMED, VOIDED, UNPAID",
        "CONFIRMED, DECLINED, UNPAID",
        "FULFILLED, VOIDED, UNPAID",
        "DELIVERED, VOIDING, UNPAID"
    })
    void givenAPaymentThatDoesNotSuitItsOrder_whenItIsVerified_thenItIsFoundAndMoneyThatIsKeptGoesBack(
            String order, String payment, String kind) {
        var id = planted(order, payment);

        verify(admin, false).body("findings.kind", contains(kind)).body("findings.id", contains(id.toString()));
        boolean mends = kind.equals("MONEY_KEPT");
        verify(admin, true).body("findings.repaired", contains(mends));

        if (mends) {
            eventually(() -> shop.payment(id).body("status", equalTo("VOIDED")));
            verify(admin, false).body("findings", empty());
        } else {
            verify(admin, true).body("findings.kind", contains(kind));
        }
    }

    @Test
    void givenDamage_whenItIsVerified_thenEachKindIsFound() {
        var id = planted("AUTHORISED", "AUTHORISED");
        try (var owner = Database.of("orders", "owner")) {
            // before its deadline passes: the next version of its timeline is taken, so that the sweep cannot end it
            owner.update("""
                    insert into orders.order_step (tenant, order_id, version, status, note, at)
                    values (?, ?::uuid, 5, 'PLACED', '', now())
                    """, shop.tenant(), id.toString());
            owner.update(
                    "update orders.orders set deadline = now() - interval '1 hour', total = total + 1, version = 4 where tenant = ? and id = ?::uuid",
                    shop.tenant(),
                    id.toString());
            owner.update("delete from orders.payment where tenant = ?", shop.tenant());
            try {
                verify(admin, true)
                        .body("findings.kind", containsInAnyOrder("LATE", "WRONG_TOTAL", "TIMELINE_GAP", "NO_PAYMENT"))
                        .body("findings.repaired.unique()", contains(false));
            } finally {
                owner.update("update orders.orders set status = 'EXPIRED' where tenant = ?", shop.tenant());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FULFILLED", "DELIVERED"})
    void givenGoodsThatHaveLeftAndAreNotPaidForWhole_whenTheOrderIsRepaired_thenTheRestIsCaptured(String order) {
        var id = planted(order, "AUTHORISED");
        try (var owner = Database.of("orders", "owner")) {
            owner.update("update orders.payment set captured = 500 where tenant = ?", shop.tenant());
        }

        verify(admin, false).body("findings.kind", contains("NOT_CAPTURED"));
        verify(admin, true).body("findings.repaired", contains(true));

        eventually(() -> shop.payment(id).body("captured.amount", equalTo(900)));
        verify(admin, false).body("findings", empty());
    }

    @Test
    void givenCapturedMoneyOfACancelledOrder_whenItIsRepaired_thenItIsRefunded() {
        var id = planted("CANCELLED", "VOIDED");
        try (var owner = Database.of("orders", "owner")) {
            owner.update("update orders.payment set captured = 500, refunded = 100 where tenant = ?", shop.tenant());
        }

        verify(admin, true).body("findings.kind", contains("NOT_REFUNDED")).body("findings.repaired", contains(true));

        eventually(() -> shop.payment(id).body("refunded.amount", equalTo(500)));
        verify(admin, false).body("findings", empty());
    }

    @Test
    void givenACartThatWaitsForAnOrderThatEnded_whenItIsRepaired_thenItIsUnlocked() {
        var ada = Carts.of(shop.customer());
        var cart = ada.open();
        ada.add(cart, shop.sku(), 1).statusCode(200);
        String order = ada.checkOut(cart, "\"2\"", key()).extract().path("id");
        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 1, UUID.fromString(order), "REFUSED", "[]");
        eventually(() -> ada.get(cart).body("status", equalTo("OPEN")));
        try (var owner = Database.of("orders", "owner")) {
            owner.update(
                    "update orders.cart set status = 'CHECKED_OUT', order_id = ?::uuid where tenant = ?",
                    order,
                    shop.tenant());
        }

        verify(admin, true).body("findings.kind", contains("CART_LOCKED")).body("findings.repaired", contains(true));

        ada.get(cart).body("status", equalTo("OPEN")).body("lines.quantity", contains(1));
    }

    @Test
    void givenAnOrderWhoseRepairFails_whenOthersAreRepaired_thenItIsALineOfTheReport() {
        var failing = planted("CANCELLED", "AUTHORISED");
        var other = planted("CANCELLED", "AUTHORISED");
        try (var owner = Database.of("orders", "owner")) {
            owner.update("""
                    create function orders.refuse() returns trigger language plpgsql as $$
                    begin
                        raise exception 'as it was told';
                    end $$
                    """);
            owner.update("""
                    create trigger refuse before update on orders.payment for each row
                      when (new.order_id = '%s') execute function orders.refuse()
                    """.formatted(failing));
            try {
                verify(admin, true)
                        .statusCode(200)
                        .body("findings.find { it.kind == 'NOT_REPAIRED' }.id", equalTo(failing.toString()))
                        .body("findings.findAll { it.repaired }.id", contains(other.toString()))
                        .body("findings", hasSize(3));
            } finally {
                owner.update("drop function orders.refuse() cascade");
            }
        }

        eventually(() -> shop.payment(other).body("status", equalTo("VOIDED")));
        verify(admin, true).body("findings.id", contains(failing.toString()));
    }

    @Test
    void givenAnOrderThatIsMendedWhileItsRepairWaitsForIt_whenItIsLookedAtAgain_thenItIsLeftAlone() throws Exception {
        var id = planted("CANCELLED", "AUTHORISED");
        try (var owner = Database.of("orders", "owner");
                var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            owner.update("begin");
            owner.update("update orders.orders set updated_at = now() where tenant = ?", shop.tenant());
            var report = thread.submit(() -> verify(admin, true));
            eventually(() -> assertThat(owner.query(
                            "select 1 from pg_locks where not granted and transactionid = pg_current_xact_id()::xid"))
                    .hasSize(1));

            owner.update("update orders.payment set status = 'VOIDED' where tenant = ?", shop.tenant());
            owner.update("commit");

            report.get().statusCode(200).body("orders", equalTo(1)).body("findings", empty());
        }
        shop.payment(id).body("version", equalTo(2)).body("status", equalTo("VOIDED"));
    }

    @Test
    void givenOthers_whenTheyVerify_thenOnlyTheShopsAdminMay() {
        planted("CANCELLED", "AUTHORISED");

        for (var role : new String[] {"customer", "merchant", "readonly", "service"}) {
            verify(Tokens.of(shop.tenant(), role), true).statusCode(403);
        }
        verify(Tokens.of(Tenants.fresh(), "admin"), true).body("orders", equalTo(0));
        verify(admin, false).body("findings.kind", contains("MONEY_KEPT"));
    }

    private UUID planted(String order, String payment) {
        var id = UUID.randomUUID();
        try (var owner = Database.of("orders", "owner")) {
            Planted.order(owner, shop.tenant(), id, order, payment);
        }
        return id;
    }

    private static ValidatableResponse verify(String token, boolean repair) {
        return given().auth()
                .oauth2(token)
                .queryParam("repair", repair)
                .post("/v1/orders/verifications")
                .then();
    }
}
