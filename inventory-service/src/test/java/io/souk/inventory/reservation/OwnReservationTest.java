package io.souk.inventory.reservation;

import io.restassured.response.Response;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.testing.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import static io.souk.inventory.reservation.ReservationStatus.CONFIRMED;
import static io.souk.inventory.reservation.ReservationStatus.EXPIRED;
import static io.souk.inventory.reservation.ReservationStatus.OPEN;
import static io.souk.inventory.reservation.ReservationStatus.RELEASED;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

/** What an owner does with its reservation: renew, confirm, release, replace. */
@InventoryTest
class OwnReservationTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Shop shop = new Shop();

    @Inject
    ExpireReservations expireReservations;

    @Test
    void givenItIsRenewed_thenItHoldsFromNowOn_andItIsTold() {
        var shirt = shop.stocked("shirt", 5);
        var id = made(shirt, 3);

        act("service", id, "renew", 1, "{\"ttlSeconds\": 7200}")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("status", equalTo("OPEN"))
                .body("lines.quantity", contains(3));

        assertThat(Ledger.query(
                        "select expires_at between now() + interval '115 minutes' and now() + interval '2 hours'"
                                + " from inventory.reservation where tenant = ?",
                        shop.tenant()))
                .containsExactly("t");
        eventually(() -> assertThat(Told.states(Topics.RESERVATION, shop.tenant()))
                .last()
                .satisfies(state -> assertThat(state.getJsonArray("changed")).containsExactly("expiresAt")));
        Told.assertNamed(Topics.RESERVATION, shop.tenant());
        act("service", id, "renew", 1, "{}").then().statusCode(412).body("current.version", equalTo(2));
        act("service", id, "renew", 2, "{\"ttlSeconds\": 86401}").then().statusCode(422);
    }

    @Test
    void givenItIsConfirmed_thenItDoesNotRunOut_andConfirmingAgainChangesNothing() {
        var shirt = shop.stocked("shirt", 5);
        var id = made(shirt, 3);

        act("service", id, "confirm", 1).then().statusCode(200).body("status", equalTo("CONFIRMED"));
        act("service", id, "confirm", 1).then().statusCode(200).header("ETag", "\"2\"");

        runOut(id);
        expireReservations.sweep().await().atMost(DEADLINE);
        assertThat(statusOf(id)).isEqualTo("CONFIRMED");
        act("service", id, "renew", 2, "{}")
                .then()
                .statusCode(409)
                .body("type", containsString("reservation-closed"))
                .body("current.status", equalTo("CONFIRMED"));
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(3);
    }

    @Test
    void givenItIsReleased_thenItsUnitsAreFree_once() {
        var shirt = shop.stocked("shirt", 5);
        var id = made(shirt, 3);

        act("service", id, "release", 1).then().statusCode(200).body("status", equalTo("RELEASED"));
        act("service", id, "release", 1).then().statusCode(200).header("ETag", "\"2\"");

        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(5);
        act("service", id, "confirm", 2).then().statusCode(409);
        act("service", id, "renew", 2, "{}").then().statusCode(409);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void whatIsFinalIsGivenBackByTheShopAlone() {
        var shirt = shop.stocked("shirt", 5);
        var id = shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body(shirt, 3).put("owner", "jane").encode())
                .post("/v1/reservations")
                .jsonPath()
                .getString("id");
        act("service", id, "confirm", 1).then().statusCode(200);

        Shop.with(Tokens.of(shop.tenant(), "customer", "jane", null))
                .header("If-Match", "\"2\"")
                .post("/v1/reservations/" + id + "/release")
                .then()
                .statusCode(409)
                .body("type", containsString("reservation-closed"));
        act("admin", id, "release", 2).then().statusCode(200);

        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"renew", "confirm"})
    void givenItsTimeHasRunOutButNobodyHasSweptIt_thenItIsNotOpenAnyMore(String action) {
        var shirt = shop.stocked("shirt", 5);
        var id = made(shirt, 3);
        runOut(id);

        // Either the clock was faster, and the version is another one, or the time is seen to be over.
        assertThat(act("service", id, action, 1, "{}").statusCode()).isIn(409, 412);

        eventually(() -> assertThat(statusOf(id)).isEqualTo("EXPIRED"));
        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"renew", "confirm", "ship", "release"})
    void aChangeNamesTheVersionThatWasSeen(String action) {
        var id = made(shop.stocked("shirt", 5), 3);
        var path = "/v1/reservations/" + id + "/" + action;

        shop.as("service").body("{}").post(path).then().statusCode(428);
        shop.as("service").header("If-Match", "*").body("{}").post(path).then().statusCode(400);
        act("service", id, action, 7, "{}").then().statusCode(412).body("current.status", equalTo("OPEN"));
        act("service", UUID.randomUUID().toString(), action, 1, "{}").then().statusCode(404);
        assertThat(statusOf(id)).isEqualTo("OPEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"renew", "confirm", "ship", "release"})
    void anOrdersReservationFollowsItsOrderAlone(String action) {
        var shirt = shop.stocked("shirt", 5);
        var order = UUID.randomUUID();
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 1));
        shop.awaitReservation(order, "OPEN");
        var id = Ledger.reservationOf(shop.tenant(), order).getFirst();

        act("admin", id, action, 1, "{}").then().statusCode(409).body("type", containsString("reservation-of-order"));

        shop.awaitReservation(order, "OPEN");
    }

    @Test
    void givenAnOwnEarlierHold_whenItIsReplaced_thenItIsNotInTheWay() {
        var shirt = shop.stocked("shirt", 5);
        var shoe = shop.stocked("shoe", 1);
        var earlier = made(shirt, 4);

        var later = reserve(body(shirt, 5).put("replaces", earlier));

        later.then().statusCode(201);
        assertThat(statusOf(earlier)).isEqualTo("RELEASED");
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(5);
        var id = later.jsonPath().getString("id");
        reserve(body(shoe, 1).put("replaces", id)).then().statusCode(201);
        assertThat(shop.stock(shirt).getLong("reserved")).isZero();
        eventually(() -> assertThat(Told.states(Topics.RESERVATION, shop.tenant()).stream()
                        .filter(state -> state.getString("id").equals(earlier))
                        .map(state -> state.getString("status")))
                .containsExactly("OPEN", "RELEASED"));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenTheNewOneIsRefused_thenTheEarlierOneStaysAsItWas() {
        var shirt = shop.stocked("shirt", 5);
        var earlier = made(shirt, 4);

        reserve(body(shirt, 6).put("replaces", earlier)).then().statusCode(409).body("refused.available", contains(5));

        assertThat(statusOf(earlier)).isEqualTo("OPEN");
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(4);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void whatIsReplacedMustBeTheOwnersAndNotFinal_andMayHaveEnded() {
        var shirt = shop.stocked("shirt", 9);
        var others = reserve(body(shirt, 1).put("owner", "somebody")).jsonPath().getString("id");
        var released = made(shirt, 1);
        act("service", released, "release", 1).then().statusCode(200);
        var confirmed = made(shirt, 1);
        act("service", confirmed, "confirm", 1).then().statusCode(200);

        for (var foreign : new String[] {others, UUID.randomUUID().toString()}) {
            reserve(body(shirt, 1).put("replaces", foreign))
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", contains("/replaces"));
        }
        var shipped = made(shirt, 1);
        act("service", shipped, "confirm", 1).then().statusCode(200);
        act("service", shipped, "ship", 2).then().statusCode(200);
        for (var isFinal : new String[] {confirmed, shipped}) {
            reserve(body(shirt, 1).put("replaces", isFinal))
                    .then()
                    .statusCode(409)
                    .body("type", containsString("reservation-closed"))
                    .body("errors.pointer", contains("/replaces"))
                    .body("errors.detail", contains("is " + statusOf(isFinal)));
        }
        reserve(body(shirt, 1).put("replaces", released)).then().statusCode(201);

        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(3);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenAllThatCanEndItRace_thenItEndsOnce() {
        var shirt = shop.stocked("shirt", 100);
        var answers = new HashMap<String, List<Answer>>();

        for (int round = 0; round < 5; round++) {
            var id = made(shirt, 2);
            runOutIn(id, "20 milliseconds");
            answers.put(id, Race.all(25, i -> switch (i % 5) {
                case 0 -> Answer.to("release", act("service", id, "release", 1));
                case 1 -> Answer.to("confirm", act("service", id, "confirm", 1));
                case 2 -> Answer.to("renew", act("service", id, "renew", 1, "{\"ttlSeconds\": 1}"));
                case 3 -> Answer.to("replace", reserve(body(shirt, 1).put("replaces", id)));
                default -> {
                    expireReservations.sweep().await().atMost(DEADLINE);
                    yield new Answer("sweep", 200);
                }
            }));
            Ledger.assertBalanced(shop.tenant());
        }
        answers.keySet().forEach(id -> eventually(() -> assertThat(statusOf(id)).isNotEqualTo("OPEN")));

        var stories = Stories.of(shop.tenant());
        answers.forEach((id, all) -> assertThatTheseEndedIt(all, Objects.requireNonNull(stories.get(id))));
        Ledger.assertBalanced(shop.tenant());
    }

    /** Who answered what to whom: one change of the version that they all saw was granted, and what was granted is what was told. */
    private static void assertThatTheseEndedIt(List<Answer> answers, List<ReservationStatus> story) {
        assertThat(story)
                .isIn(
                        List.of(OPEN, RELEASED),
                        List.of(OPEN, CONFIRMED),
                        List.of(OPEN, EXPIRED),
                        List.of(OPEN, OPEN, RELEASED),
                        List.of(OPEN, OPEN, EXPIRED));
        var granted = answers.stream()
                .filter(Answer::isGranted)
                .collect(Collectors.groupingBy(Answer::asked, Collectors.counting()));
        assertThat(answers).extracting(Answer::status).isSubsetOf(200, 201, 409, 412);
        assertThat(granted.getOrDefault("renew", 0L)).isEqualTo(story.size() == 3 ? 1 : 0);
        // Who asks for what is so already hears that it is.
        assertThat(granted.containsKey("confirm")).isEqualTo(story.contains(CONFIRMED));
        if (granted.containsKey("release")) {
            assertThat(story).last().isEqualTo(RELEASED);
        }
        if (story.contains(CONFIRMED)) {
            assertThat(granted).doesNotContainKey("replace");
        }
        if (story.contains(RELEASED)) {
            assertThat(granted.keySet()).containsAnyOf("release", "replace");
        }
    }

    private record Answer(String asked, int status) {
        static Answer to(String asked, Response answer) {
            return new Answer(asked, answer.statusCode());
        }

        boolean isGranted() {
            return status < 300;
        }
    }

    private String made(Article article, long quantity) {
        var made = reserve(body(article, quantity));
        made.then().statusCode(201);
        return made.jsonPath().getString("id");
    }

    private Response reserve(JsonObject body) {
        return shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body.encode())
                .post("/v1/reservations");
    }

    private static JsonObject body(Article article, long quantity) {
        return new JsonObject()
                .put(
                        "lines",
                        new JsonArray()
                                .add(new JsonObject().put("sku", article.sku()).put("quantity", quantity)));
    }

    private Response act(String role, String id, String action, long version) {
        return shop.as(role).header("If-Match", "\"" + version + "\"").post("/v1/reservations/" + id + "/" + action);
    }

    private Response act(String role, String id, String action, long version, String body) {
        var request = shop.as(role).header("If-Match", "\"" + version + "\"");
        if (action.equals("renew")) {
            request.body(body);
        }
        return request.post("/v1/reservations/" + id + "/" + action);
    }

    private static String statusOf(String id) {
        return Ledger.query("select status from inventory.reservation where id = ?", UUID.fromString(id))
                .getFirst();
    }

    private static void runOut(String id) {
        runOutIn(id, "0 seconds");
    }

    private static void runOutIn(String id, String interval) {
        Ledger.update(
                "update inventory.reservation set expires_at = now() + ?::interval where id = ?",
                interval,
                UUID.fromString(id));
    }
}
