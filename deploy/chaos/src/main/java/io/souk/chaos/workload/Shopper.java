package io.souk.chaos.workload;

import io.souk.chaos.evidence.Fact.Kind;
import io.souk.chaos.evidence.Fact.Operation;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.workload.Client.Ask;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** A tenant's reader: cards, prices, lists, searches, what was deleted, and now and then what is another tenant's. */
final class Shopper {
    private final Client client;
    private final Shelf shelf;
    private final List<Shelf> others;
    private final Random random;
    private final List<Door> catalogue;
    private final Door gateway;

    /** @param others the shelves of the other tenants */
    Shopper(Client client, Shelf shelf, List<Shelf> others, Random random, List<Door> catalogue, Door gateway) {
        this.client = client;
        this.shelf = shelf;
        this.others = others;
        this.random = random;
        this.catalogue = catalogue;
        this.gateway = gateway;
    }

    /** One read. */
    void step() {
        int dice = random.nextInt(100);
        if (dice < 60) {
            card(shelf);
        } else if (dice < 70) {
            bySku();
        } else if (dice < 78) {
            list();
        } else if (dice < 84) {
            prices();
        } else if (dice < 90) {
            gone();
        } else if (dice < 95) {
            search();
        } else {
            trespass();
        }
    }

    private Door anyDoor() {
        return catalogue.get(random.nextInt(catalogue.size()));
    }

    private void card(Shelf where) {
        var item = where.any(random);
        if (item != null) {
            card(item.id);
        }
    }

    private void card(String id) {
        client.send(
                Ask.read(Kind.READ, "card", anyDoor(), "/v1/products/" + id),
                Cards.things(client, id),
                (_, answer) -> Cards.ofCard(client, answer, id));
    }

    /** What was deleted some time ago. */
    private void gone() {
        var item = shelf.anyGone(random);
        if (item != null) {
            card(item.id);
        }
    }

    private void bySku() {
        var item = shelf.any(random);
        if (item != null) {
            client.send(
                    Ask.read(Kind.LIST, "sku", anyDoor(), "/v1/products?sku=" + item.sku),
                    Cards.things(client, item.id),
                    (_, answer) -> Cards.ofList(client, answer));
        }
    }

    private void list() {
        client.send(
                Ask.read(
                        Kind.LIST, Operation.WHOLE_LIST, anyDoor(), "/v1/products?limit=" + Operation.WHOLE_LIST_ITEMS),
                List.of(),
                (_, answer) -> Cards.ofList(client, answer));
    }

    private void prices() {
        var item = shelf.any(random);
        if (item != null) {
            var thing = client.thing(Thing.PRICE, item.id);
            client.send(
                    Ask.read(Kind.READ, "prices", anyDoor(), "/v1/products/" + item.id + "/prices"),
                    List.of(thing),
                    (_, answer) -> answer.ok() ? List.of(Cards.part(thing, answer.body(), null)) : List.of());
        }
    }

    private void search() {
        var words = URLEncoder.encode(client.tenant() + " lamp", StandardCharsets.UTF_8);
        client.send(Ask.read(Kind.LIST, "search", gateway, "/v1/search?q=" + words), List.of(), (_, _) -> List.of());
    }

    private void trespass() {
        var item = others.get(random.nextInt(others.size())).any(random);
        if (item != null) {
            client.send(
                    Ask.read(Kind.TRESPASS, "trespass", anyDoor(), "/v1/products/" + item.id),
                    List.of(),
                    (_, _) -> List.of());
        }
    }
}
