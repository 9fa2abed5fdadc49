package io.souk.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.chaos.evidence.Digest;
import io.souk.chaos.evidence.Fact.Part;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Reads the parts out of answers. */
final class Cards {
    /** The parts of a card, in the order in which its tag names them. */
    static final List<String> PARTS = List.of(Thing.PRODUCT, Thing.PRICE, Thing.AVAILABILITY);

    private static final List<String> MEMBERS = List.of("product", "prices", "availability");

    private Cards() {}

    static List<Thing> things(Client client, String id) {
        return PARTS.stream().map(aggregate -> client.thing(aggregate, id)).toList();
    }

    /** Of one card's answer; 404 says that the product is not there, and nothing of the rest. */
    static List<Part> ofCard(Client client, Client.Answer answer, String id) {
        return answer.ok()
                ? ofCard(client, answer.body(), answer.header("ETag"))
                : List.of(Part.missing(client.thing(Thing.PRODUCT, id)));
    }

    /** Of each card in a list, which has no tag of its own. */
    static List<Part> ofList(Client client, Client.Answer answer) {
        var parts = new ArrayList<Part>();
        answer.body().path("items").forEach(card -> parts.addAll(ofCard(client, card, null)));
        return parts;
    }

    private static List<Part> ofCard(Client client, JsonNode card, @Nullable String etag) {
        var id = card.path("product").path("id").asText();
        var orders = etag == null ? new String[0] : etag.replace("\"", "").split("-");
        var parts = new ArrayList<Part>();
        for (int i = 0; i < PARTS.size(); i++) {
            var tagged = orders.length == PARTS.size() ? Order.parse(orders[i]) : null;
            parts.add(part(client.thing(PARTS.get(i), id), card.path(MEMBERS.get(i)), tagged));
        }
        return parts;
    }

    /** Of the JSON of one part; its order is that of the tag, where there is one that names it. */
    static Part part(Thing thing, JsonNode json, @Nullable Order tagged) {
        if (!json.isObject()) {
            return Part.missing(thing);
        }
        var told = Order.of(json.path("version").asLong());
        return new Part(
                thing,
                tagged != null && tagged.version() == told.version() ? tagged : told,
                told.version() > 0,
                Digest.ofContent(json),
                json.has("available") ? json.path("available").asLong() : null);
    }
}
