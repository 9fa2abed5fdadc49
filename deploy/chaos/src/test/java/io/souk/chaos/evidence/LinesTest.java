package io.souk.chaos.evidence;

import io.souk.chaos.evidence.Fact.Kind;
import io.souk.chaos.evidence.Fact.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class LinesTest {
    @Test
    void givenFactsOfEveryKind_whenWrittenAndRead_thenTheyAreTheSame(@TempDir Path folder) {
        var thing = new Thing(Thing.PRODUCT, "amber", "1");
        var part = new Fact.Part(thing, new Order(2, 12), true, "digest", 4L);
        var facts = List.of(
                new Fact.Run(1, 2, 3, "development"),
                new Fact.Operation(
                        1,
                        "reader",
                        "amber",
                        "gateway",
                        Kind.READ,
                        "card",
                        10,
                        5,
                        Outcome.OK,
                        200,
                        List.of(part),
                        Map.of(thing, Order.of(3)),
                        null,
                        Map.of("availability", 7L),
                        Set.of("birch")),
                new Fact.Harm("kill redis", "redis", 1, 2, true),
                new Fact.Commit(thing, Order.of(1), "event", true, 1, 2),
                new Fact.Told(
                        "souk.catalog.product",
                        1,
                        2,
                        3,
                        thing,
                        "amber",
                        Order.of(1),
                        "event",
                        true,
                        true,
                        "digest",
                        null,
                        null,
                        Set.of(),
                        true,
                        false),
                new Fact.Row(thing, Order.of(3), false),
                new Fact.Copy("a table", thing, Order.of(3), true),
                new Fact.Folded("a table", true, "{\"id\": 1}"),
                new Fact.Cached("rest", thing, Order.NONE, null, Order.of(3)),
                new Fact.Served(thing, Order.of(3), "bytes", "digest"),
                new Fact.Rest("lag", null, 30_000, "one"),
                new Fact.Found(9, true, "a key"),
                new Trade.LevelTold(thing, Order.of(1), 5, 2, 3, 8L),
                new Trade.LevelAtRest(thing, 5, 2, 5),
                new Trade.LevelSeen(thing, 5, 2, 5, 2),
                new Trade.ReservationTold(thing, Order.of(1), "OPEN", null, 9),
                new Trade.ReservationAtRest(
                        thing, "OPEN", "order", null, 9, Map.of("level", 2L), Map.of("level", 1L), 7),
                new Trade.OrderTold(thing, Order.of(1), "PLACED", 100),
                new Trade.OrderAtRest(
                        thing,
                        "PLACED",
                        "somebody",
                        100,
                        new Trade.Payment("payment", "AUTHORISED", 100, 60, 1, 30, 2, 60, 30, 4)),
                new Trade.Asked("amber", "somebody", Thing.ORDER, "key", Outcome.OK, thing),
                new Trade.MoveAsked(
                        "amber", Trade.Move.RECEIPT, "sku", "key", 5L, Outcome.OK, new Trade.Moved("one", 5)),
                new Trade.MoveAtRest("amber", Trade.Move.CAPTURE, "order", "one", 5, true),
                new Trade.Approved(Trade.Call.CAPTURE, "payment", "one", 5L),
                new Trade.Approved(Trade.Call.VOID, "payment", null, null),
                new Trade.Shown(1, thing, Order.of(1), "PLACED", 100L));
        var file = folder.resolve("history.jsonl");

        try (var lines = Lines.writing(file)) {
            facts.forEach(lines::add);
        }

        assertThat(Lines.read(file)).isEqualTo(facts);
    }
}
