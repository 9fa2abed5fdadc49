package io.souk.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.chaos.evidence.Deed;
import io.souk.chaos.evidence.Fact.Kind;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.workload.Backlog.Sale;
import io.souk.chaos.workload.Client.Answer;
import io.souk.chaos.workload.Client.Ask;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A tenant's customers, one after the other: each orders something, directly or by a cart, or holds something, and goes. */
final class Buyer {
    private static final int CONFLICT = 409;
    private static final int CHANGED = 412;

    /** The sandbox's: as often as they stand there. */
    private static final List<String> CARDS = List.of(
            "tok_ok",
            "tok_ok",
            "tok_ok",
            "tok_ok",
            "tok_ok",
            "tok_ok",
            "tok_declined",
            "tok_flaky",
            "tok_flaky",
            "tok_timeout",
            "tok_capture_declined",
            "tok_unknown");

    private final String name;
    private final Function<String, Client> clients;
    private final Holder holder;
    private final Till till;
    private final Backlog backlog;
    private final Shelf shelf;
    private final Sold sold;
    private final List<Sold> others;
    private final Random random;
    private final List<Door> doors;
    private final Lines history;
    private int visits;

    /**
     * @param name with which its customers' names begin
     * @param clients makes a customer of a name
     * @param backlog where orders go that are left to the staff
     * @param sold what the tenant has sold
     * @param others what other tenants have
     */
    Buyer(
            String name,
            Function<String, Client> clients,
            Client staff,
            Backlog backlog,
            Shelf shelf,
            Sold sold,
            List<Sold> others,
            Random random,
            Doors doors,
            Lines history) {
        this.name = name;
        this.clients = clients;
        this.holder = new Holder(staff, random, doors.inventory(), history);
        this.till = new Till(staff, random, doors.orders(), history);
        this.backlog = backlog;
        this.shelf = shelf;
        this.sold = sold;
        this.others = others;
        this.random = random;
        this.doors = doors.orders();
        this.history = history;
    }

    /** One visit. */
    void step() {
        var skus = skus();
        if (skus.isEmpty()) {
            return;
        }
        var visit = new Visit(name + "-" + ++visits, clients, random, history);
        int dice = random.nextInt(100);
        if (dice < 45) {
            order(visit, skus);
        } else if (dice < 65) {
            cart(visit, skus);
        } else if (dice < 95) {
            holder.hold(visit, skus).ifPresent(id -> sold.add("/v1/reservations/" + id));
        } else {
            trespass(visit.client());
        }
    }

    /** One to three, mostly of what has come in. */
    private List<String> skus() {
        var skus = new LinkedHashSet<String>();
        for (int i = 1 + random.nextInt(1 + random.nextInt(3)); i > 0; i--) {
            var item = random.nextInt(10) == 0 ? shelf.any(random) : shelf.anyStocked(random);
            if (item != null) {
                skus.add(item.sku);
            }
        }
        return List.copyOf(skus);
    }

    private void order(Visit visit, List<String> skus) {
        var lines = skus.stream()
                .map(sku -> "{\"sku\": \"%s\", \"quantity\": %d}".formatted(sku, 1 + random.nextInt(2)))
                .collect(Collectors.joining(", "));
        var body = "{\"currency\": \"USD\", \"lines\": [%s], %s}".formatted(lines, payment());
        var door = Door.any(doors, random);
        boolean waits = random.nextInt(5) < 2;
        placed(
                visit,
                visit.once(
                        Thing.ORDER,
                        key -> waits
                                ? Ask.write(
                                        Deed.ORDER,
                                        door,
                                        "POST",
                                        "/v1/orders",
                                        body,
                                        "Idempotency-Key",
                                        key,
                                        "Prefer",
                                        "wait=3")
                                : Ask.write(Deed.ORDER, door, "POST", "/v1/orders", body, "Idempotency-Key", key)));
    }

    private String payment() {
        return "\"payment\": {\"provider\": \"sandbox\", \"token\": \"%s\"}"
                .formatted(CARDS.get(random.nextInt(CARDS.size())));
    }

    private void placed(Visit visit, Answer answer) {
        if (answer.ok()) {
            var id = answer.body().path("id").asText();
            sold.add("/v1/orders/" + id);
            follow(visit.client(), id);
        }
    }

    /** Some cannot wait. */
    private void follow(Client customer, String order) {
        switch (random.nextInt(12)) {
            case 0 -> till.cancel(customer, order);
            case 1 -> till.race(customer, order);
            case 2 -> till.look(customer, order); // and goes
            default -> backlog.add(new Sale(customer, order, false));
        }
    }

    /**
     * A cart that is opened.
     *
     * @param token opens a guest's; null for a customer's
     */
    private record Cart(String id, @Nullable String token) {
        String[] headers(String... others) {
            if (token == null) {
                return others;
            }
            var headers = new String[others.length + 2];
            System.arraycopy(others, 0, headers, 2, others.length);
            headers[0] = "Souk-Cart-Token";
            headers[1] = token;
            return headers;
        }
    }

    private void cart(Visit visit, List<String> skus) {
        var client = visit.client();
        boolean guest = random.nextBoolean();
        var opened = change(
                client, Deed.OPEN_CART, "POST", "/v1/carts", "{\"currency\": \"USD\", \"guest\": %b}".formatted(guest));
        if (!opened.ok()) {
            return;
        }
        var cart = new Cart(
                opened.body().path("id").asText(), opened.body().path("token").asText(null));
        var shown = opened.body();
        for (var sku : skus) {
            var body = "{\"sku\": \"%s\", \"quantity\": %d}".formatted(sku, 1 + random.nextInt(2));
            var added = change(client, Deed.ADD, "POST", "/v1/carts/" + cart.id() + "/lines", body, cart.headers());
            shown = added.ok() ? added.body() : shown;
        }
        if (guest && random.nextInt(3) == 0) {
            var merged = change(client, Deed.MERGE, "POST", "/v1/carts/" + cart.id() + "/merge", null, cart.headers());
            if (merged.ok()) {
                shown = merged.body();
                cart = new Cart(shown.path("id").asText(), null);
            }
        }
        checkOut(visit, cart, shown);
    }

    /** Once more after a price was told that is another one, or after a version that is. */
    private void checkOut(Visit visit, Cart cart, JsonNode shown) {
        var answer = checkOut(visit, cart, shown.path("version").asLong());
        if (answer.status() == CONFLICT) {
            var priced = change(
                    visit.client(),
                    Deed.TAKE_PRICES,
                    "POST",
                    "/v1/carts/" + cart.id() + "/prices",
                    null,
                    cart.headers(
                            "If-Match", "\"%d\"".formatted(shown.path("version").asLong())));
            if (priced.ok()) {
                answer = checkOut(visit, cart, priced.body().path("version").asLong());
            }
        } else if (answer.status() == CHANGED) {
            answer = checkOut(
                    visit, cart, answer.body().path("current").path("version").asLong());
        }
        placed(visit, answer);
    }

    private Answer checkOut(Visit visit, Cart cart, long version) {
        var door = Door.any(doors, random);
        var body = "{%s}".formatted(payment());
        return visit.once(
                Thing.ORDER,
                key -> Ask.write(
                        Deed.CHECK_OUT,
                        door,
                        "POST",
                        "/v1/carts/" + cart.id() + "/checkout",
                        body,
                        cart.headers("If-Match", "\"%d\"".formatted(version), "Idempotency-Key", key)));
    }

    /** Of a cart nobody is told but who fills it. */
    private Answer change(
            Client client, Deed deed, String method, String path, @Nullable String body, String... headers) {
        return client.send(
                Ask.write(deed, Door.any(doors, random), method, path, body, headers), List.of(), (_, _) -> List.of());
    }

    private void trespass(Client client) {
        var path = others.get(random.nextInt(others.size())).any(random);
        if (path != null) {
            client.send(Ask.read(Kind.TRESPASS, "trespass", doors.getFirst(), path), List.of(), (_, _) -> List.of());
        }
    }
}
