package io.souk.chaos.harvest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.chaos.evidence.Digest;
import io.souk.chaos.evidence.Fact.Served;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Takes a card apart into the very bytes of its parts. */
final class Views {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Map<String, String> PARTS =
            Map.of("product", Thing.PRODUCT, "prices", Thing.PRICE, "availability", Thing.AVAILABILITY);

    private Views() {}

    static List<Served> ofCard(String tenant, String id, byte[] card) throws IOException {
        var views = new ArrayList<Served>();
        try (var parser = FACTORY.createParser(card)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var aggregate = PARTS.get(parser.currentName());
                var value = parser.nextToken();
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                int end = (int) parser.currentLocation().getByteOffset();
                if (aggregate != null) {
                    var thing = new Thing(aggregate, tenant, id);
                    views.add(
                            value == JsonToken.START_OBJECT
                                    ? served(thing, Arrays.copyOfRange(card, start, end))
                                    : new Served(thing, Order.NONE, null, null));
                }
            }
        }
        return views;
    }

    private static Served served(Thing thing, byte[] json) throws IOException {
        var tree = JSON.readTree(json);
        return new Served(thing, Order.of(tree.path("version").asLong()), Digest.ofBytes(json), Digest.ofContent(tree));
    }
}
