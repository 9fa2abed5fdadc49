package io.souk.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.chaos.evidence.Deed;
import io.souk.chaos.evidence.Digest;
import io.souk.chaos.evidence.Fact.Kind;
import io.souk.chaos.evidence.Fact.Part;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade.Move;
import io.souk.chaos.workload.Client.Answer;
import io.souk.chaos.workload.Client.Ask;
import io.souk.chaos.workload.Shelf.Item;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

/** A tenant's writer: makes, prices, publishes, edits, stocks and deletes products. Reads a card from the tables when in doubt. */
final class Shopkeeper {
    private static final List<String> AGGREGATES = List.of(Thing.PRODUCT, Thing.PRICE, Thing.AVAILABILITY, Thing.STOCK);

    private final Client client;
    private final Moves moves;
    private final Shelf shelf;
    private final Random random;
    private final List<Door> catalogue;
    private final Door gateway;

    /** @param catalogue all doors behind which products are; stock is behind the gateway alone */
    Shopkeeper(Client client, Moves moves, Shelf shelf, Random random, List<Door> catalogue, Door gateway) {
        this.client = client;
        this.moves = moves;
        this.shelf = shelf;
        this.random = random;
        this.catalogue = catalogue;
        this.gateway = gateway;
    }

    /** One change, or a few that belong together. */
    void step() {
        var item = shelf.any(random);
        int dice = random.nextInt(100);
        int wanted = shelf.size() < Shelf.ROOM / 2 ? 30 : shelf.size() < Shelf.ROOM ? 8 : 0;
        if (item == null || dice < wanted) {
            create();
        } else if (item.doubtful) {
            look(item);
        } else if (dice < 45) {
            edit(item);
        } else if (dice < 72 || (dice < 92 && !Shelf.isStocked(item.sku))) {
            price(item);
        } else if (dice < 92) {
            receive(item);
        } else if (shelf.size() > Shelf.ROOM / 4) {
            delete(item);
        }
    }

    private Door anyDoor() {
        return catalogue.get(random.nextInt(catalogue.size()));
    }

    /** Everything that a tenant writes carries its name, so that it is known wherever it turns up. */
    private String words(String what) {
        return "%s %s %08x".formatted(client.tenant(), what, random.nextInt());
    }

    private void create() {
        int number = shelf.next();
        var freed = random.nextBoolean() ? shelf.freedSku() : null;
        var sku = freed == null ? client.tenant() + "-" + number : freed;
        var answer = client.send(
                Ask.write(Deed.CREATE, anyDoor(), "POST", "/v1/products", """
                        {"name": "%s", "variants": [{"sku": "%s"}]}""".formatted(words("lamp"), sku)),
                List.of(),
                (_, made) -> product(made, made.body().path("id").asText()));
        if (!answer.ok()) {
            return;
        }
        var item = new Item(
                answer.body().path("id").asText(),
                sku,
                answer.body().path("version").asLong());
        price(item);
        publish(item);
        if (Shelf.isStocked(item.sku)) {
            receive(item);
        }
        shelf.add(item);
    }

    private void edit(Item item) {
        var body = "{\"description\": \"%s\"}".formatted(words("text"));
        changed(
                item,
                client.send(
                        Ask.write(
                                Deed.EDIT,
                                anyDoor(),
                                "PATCH",
                                "/v1/products/" + item.id,
                                body,
                                "If-Match",
                                tag(item.version)),
                        List.of(client.thing(Thing.PRODUCT, item.id)),
                        (_, answer) -> product(answer, item.id)));
    }

    private void publish(Item item) {
        changed(
                item,
                client.send(
                        Ask.write(
                                Deed.PUBLISH,
                                anyDoor(),
                                "POST",
                                "/v1/products/" + item.id + "/publish",
                                null,
                                "If-Match",
                                tag(item.version)),
                        List.of(client.thing(Thing.PRODUCT, item.id)),
                        (_, answer) -> product(answer, item.id)));
    }

    private void changed(Item item, Answer answer) {
        switch (answer.status()) {
            case 200 -> item.version = answer.body().path("version").asLong();
            case 412 ->
                item.version = answer.body().path("current").path("version").asLong(item.version);
            case 404 -> shelf.remove(item);
            default -> item.doubtful = true;
        }
    }

    private void price(Item item) {
        var body = """
                {"prices": [{"sku": "%s", "amount": %d, "currency": "USD"}]}""".formatted(item.sku, 100 + random.nextInt(10_000));
        boolean first = item.priceVersion == 0;
        var answer = client.send(
                Ask.write(
                        Deed.PRICE,
                        anyDoor(),
                        "PUT",
                        "/v1/products/" + item.id + "/prices",
                        body,
                        first ? "If-None-Match" : "If-Match",
                        first ? "*" : tag(item.priceVersion)),
                List.of(client.thing(Thing.PRICE, item.id)),
                (_, set) -> written(set, client.thing(Thing.PRICE, item.id)));
        switch (answer.status()) {
            case 200 -> item.priceVersion = answer.body().path("version").asLong();
            case 404 -> shelf.remove(item);
            default -> item.doubtful = true;
        }
    }

    /** Books some of it in: little of what is scarce, so that buyers meet there, and of the rest more than they take. */
    private void receive(Item item) {
        var today = LocalDate.now(ZoneOffset.UTC);
        boolean forSale =
                switch (random.nextInt(12)) {
                    case 0 ->
                        receive(item.sku, "fresh", today.plusYears(1).toString())
                                .ok();
                    case 1 -> {
                        // Found at the back of a shelf: it is on hand, and not for sale.
                        receive(item.sku, "over", today.minusDays(2).toString());
                        yield false;
                    }
                    default -> receive(item.sku, null, null).ok();
                };
        if (forSale) {
            item.stocked = true;
        }
    }

    /**
     * Of a lot, where one is said, with its last day.
     *
     * @param lot null for what has none
     */
    Answer receive(String sku, @Nullable String lot, @Nullable String lastDay) {
        long quantity = 1L + random.nextInt(Shelf.isScarce(sku) ? 3 : 60);
        var body = "{\"lines\": [{\"sku\": \"%s\", \"quantity\": %d%s}]}"
                .formatted(
                        sku,
                        quantity,
                        lot == null ? "" : ", \"lot\": \"%s\", \"expiresOn\": \"%s\"".formatted(lot, lastDay));
        return moves.once(
                Move.RECEIPT,
                sku,
                quantity,
                key -> Ask.write(Deed.RECEIVE, gateway, "POST", "/v1/stock/receipts", body, "Idempotency-Key", key));
    }

    private void delete(Item item) {
        var answer = client.send(
                Ask.write(
                        Deed.DELETE,
                        anyDoor(),
                        "DELETE",
                        "/v1/products/" + item.id,
                        null,
                        "If-Match",
                        tag(item.version)),
                List.of(),
                (_, _) -> List.of());
        if (answer.status() == 204 || answer.status() == 404) {
            shelf.remove(item);
        } else {
            changed(item, answer);
        }
    }

    /** How things are now, from the tables. */
    private void look(Item item) {
        var answer = client.send(
                Ask.read(Kind.READ, "look", anyDoor(), "/v1/products/" + item.id, "Cache-Control", "no-cache"),
                Cards.things(client, item.id),
                (_, card) -> Cards.ofCard(client, card, item.id));
        if (answer.status() == 404) {
            shelf.remove(item);
        } else if (answer.ok()) {
            item.version = answer.body().path("product").path("version").asLong();
            item.priceVersion = answer.body().path("prices").path("version").asLong(0);
            item.doubtful = false;
        }
    }

    private List<Part> product(Answer answer, String id) {
        return written(answer, client.thing(Thing.PRODUCT, id));
    }

    /** What an answer says was written: the header's word where it has one, else the version in the body. */
    private List<Part> written(Answer answer, Thing thing) {
        if (!answer.ok()) {
            return List.of();
        }
        var told = MinVersion.parse(answer.header("Souk-Version"), client.tenant(), AGGREGATES);
        JsonNode body = answer.body();
        var order = told.getOrDefault(thing, Order.of(body.path("version").asLong()));
        return List.of(new Part(thing, order, true, Digest.ofContent(body), null));
    }

    private static String tag(long version) {
        return "\"" + version + "\"";
    }
}
