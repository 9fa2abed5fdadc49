package io.souk.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.chaos.evidence.Deed;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.workload.Client.Answer;
import io.souk.chaos.workload.Client.Ask;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** What customers hold without an order: for some seconds, longer, something else instead, or for good if the shop says so. */
final class Holder {
    /** So short that all of them have run out soon after the last visit. */
    private static final int LONGEST_SECONDS = 12;

    private final Client staff;
    private final Random random;
    private final List<Door> doors;
    private final Lines history;

    Holder(Client staff, Random random, List<Door> doors, Lines history) {
        this.staff = staff;
        this.random = random;
        this.doors = doors;
        this.history = history;
    }

    /** The id of what is held then. */
    Optional<String> hold(Visit visit, List<String> skus) {
        var held = reserve(visit, skus, "");
        if (!held.ok()) {
            return Optional.empty();
        }
        var id = held.body().path("id").asText();
        Pause.brief(random);
        switch (random.nextInt(8)) {
            case 0, 1 -> {} // it runs out
            case 2 -> {
                var renewed = change(visit.client(), held.body(), Deed.RENEW, seconds());
                if (renewed.ok() && random.nextBoolean()) {
                    change(visit.client(), renewed.body(), Deed.RELEASE, null);
                }
            }
            case 3 -> reserve(visit, skus, ", \"replaces\": \"%s\"".formatted(id));
            case 4, 5 -> confirm(held.body());
            case 6 -> race(visit.client(), held.body());
            default -> change(visit.client(), held.body(), Deed.RELEASE, null);
        }
        return Optional.of(id);
    }

    private Answer reserve(Visit visit, List<String> skus, String more) {
        var lines = skus.stream()
                .map(sku -> "{\"sku\": \"%s\", \"quantity\": %d}".formatted(sku, 1 + random.nextInt(3)))
                .collect(Collectors.joining(", "));
        var body =
                "{\"lines\": [%s], \"ttlSeconds\": %d%s}".formatted(lines, 1 + random.nextInt(LONGEST_SECONDS), more);
        var door = Door.any(doors, random);
        return visit.once(
                Thing.RESERVATION,
                key -> Ask.write(Deed.RESERVE, door, "POST", "/v1/reservations", body, "Idempotency-Key", key));
    }

    /** What is final stays so for a while, and then mostly goes back or leaves. */
    private void confirm(JsonNode held) {
        var confirmed = change(staff, held, Deed.CONFIRM, null);
        if (confirmed.ok() && random.nextInt(6) > 0) {
            Pause.brief(random);
            change(staff, confirmed.body(), random.nextInt(3) == 0 ? Deed.RELEASE : Deed.SHIP, null);
        }
    }

    /** The customer gives back what the shop makes final: one of them comes first. */
    private void race(Client customer, JsonNode held) {
        var other = Thread.ofVirtual().start(() -> change(customer, held, Deed.RELEASE, null));
        change(staff, held, Deed.CONFIRM, null);
        try {
            other.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String seconds() {
        return "{\"ttlSeconds\": %d}".formatted(1 + random.nextInt(LONGEST_SECONDS));
    }

    private Answer change(Client by, JsonNode held, Deed deed, @Nullable String body) {
        var answer = by.send(
                Ask.write(
                        deed,
                        Door.any(doors, random),
                        "POST",
                        "/v1/reservations/" + held.path("id").asText() + "/" + deed.words(),
                        body,
                        "If-Match",
                        "\"%d\"".formatted(held.path("version").asLong())),
                List.of(),
                (client, changed) -> Sales.shown(client, changed, Thing.RESERVATION));
        Sales.note(history, by, answer, Thing.RESERVATION);
        return answer;
    }
}
