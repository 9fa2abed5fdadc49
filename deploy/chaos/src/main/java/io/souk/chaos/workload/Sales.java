package io.souk.chaos.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.chaos.evidence.Fact.Part;
import io.souk.chaos.evidence.Lines;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade;
import io.souk.chaos.workload.Client.Answer;

import java.util.List;
import java.util.stream.Stream;

/** Reads out of answers what they say of goods and money. */
final class Sales {
    private static final List<String> AGGREGATES = List.of(Thing.ORDER, Thing.PAYMENT, Thing.RESERVATION, Thing.STOCK);

    private Sales() {}

    /** What an answer says that was written. */
    static List<Part> written(Client client, Answer answer) {
        return answer.ok()
                ? MinVersion.parse(answer.header("Souk-Version"), client.tenant(), AGGREGATES).entrySet().stream()
                        .map(entry -> part(entry.getKey(), entry.getValue()))
                        .toList()
                : List.of();
    }

    /** That, and the one thing that the answer shows. */
    static List<Part> shown(Client client, Answer answer, String aggregate) {
        return answer.ok()
                ? Stream.concat(
                                written(client, answer).stream(),
                                Stream.of(part(
                                        client.thing(
                                                aggregate,
                                                answer.body().path("id").asText()),
                                        version(answer.body()))))
                        .distinct()
                        .toList()
                : List.of();
    }

    /** Of a read: what it shows, or that there is nothing. */
    static List<Part> read(Answer answer, Thing thing) {
        return List.of(answer.ok() ? part(thing, version(answer.body())) : Part.missing(thing));
    }

    /** Takes down how an answer shows an order or a reservation. */
    static void note(Lines history, Client client, Answer answer, String aggregate) {
        if (answer.ok()) {
            var body = answer.body();
            var total = body.path("total").path("amount");
            history.add(new Trade.Shown(
                    answer.number(),
                    client.thing(aggregate, body.path("id").asText()),
                    version(body),
                    body.path("status").asText(),
                    total.isMissingNode() ? null : total.asLong()));
        }
    }

    private static Order version(JsonNode body) {
        return Order.of(body.path("version").asLong());
    }

    /** Without its content, which is spelt otherwise in its event. */
    private static Part part(Thing thing, Order order) {
        return new Part(thing, order, true, null, null);
    }
}
