package io.souk.chaos.check;

import io.souk.chaos.evidence.Deed;
import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Fact.Kind;
import io.souk.chaos.evidence.Fact.Outcome;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade.Move;
import io.souk.chaos.evidence.Trade.MoveAsked;
import io.souk.chaos.evidence.Trade.MoveAtRest;
import io.souk.chaos.evidence.Trade.Moved;
import io.souk.chaos.evidence.Trade.OrderAtRest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class CoverageTest {
    private static final double LONG = 481;

    @Test
    void givenALongRun_whenEachDeedSucceeded_thenNothingIsMissing() {
        assertThat(Coverage.of(run(LONG, Deed.values())).missing()).isEmpty();
    }

    @Test
    void givenALongRun_whenADeedNeverSucceeded_thenItIsMissingAndSaidToBe() {
        var all = new ArrayList<>(List.of(Deed.values()));
        all.remove(Deed.TAKE_PRICES);
        var coverage = Coverage.of(run(LONG, all.toArray(Deed[]::new)));

        assertThat(coverage.missing()).containsExactly(Deed.TAKE_PRICES);
        assertThat(printed(coverage)).contains("NEVER DONE in 481 s", ": take prices");
    }

    @Test
    void givenALongRun_whenADeedIsMissing_thenTheReportIsNotKept() {
        var evidence = run(LONG, Deed.CREATE);

        var report = new Report(evidence, Coverage.of(evidence), Map.of());

        assertThat(report.isKept()).isFalse();
    }

    @Test
    void givenAShortRun_whenDeedsAreMissing_thenNobodyMinds() {
        var evidence = run(60, Deed.CREATE);

        assertThat(Coverage.of(evidence).missing()).isEmpty();
        assertThat(new Report(evidence, Coverage.of(evidence), Map.of()).isKept())
                .isTrue();
    }

    @Test
    void givenOrdersAndKeys_whenPrinted_thenTheyAreCounted() {
        var evidence = new Evidence(List.of(
                order("CONFIRMED"),
                order("DELIVERED"),
                order("DELIVERED"),
                asked("one", Outcome.UNKNOWN, null),
                asked("one", Outcome.OK, new Moved("a", 5)),
                asked("two", Outcome.FAIL, null),
                asked("three", Outcome.UNKNOWN, null),
                asked("three", Outcome.FAIL, null),
                new MoveAtRest(Story.TENANT, Move.CAPTURE, "an order", "a", 5, true),
                new MoveAtRest(Story.TENANT, Move.CAPTURE, "an order", "b", 5, false)));

        assertThat(printed(Coverage.of(evidence)))
                .contains(
                        "Orders: {CONFIRMED=1, DELIVERED=2}",
                        "CAPTURE: of 3 keys 1 acknowledged, 1 refused, 1 unknown; 2 in the books, 1 of them refused by the provider",
                        "REFUND: of 0 keys",
                        "create 0");
    }

    private static Evidence run(double seconds, Deed... done) {
        var facts = new ArrayList<Fact>();
        facts.add(write(0, "order", Outcome.FAIL));
        Arrays.stream(done).forEach(deed -> facts.add(write(1, deed.words(), Outcome.OK)));
        facts.add(write(seconds, "order", Outcome.UNKNOWN));
        return new Evidence(facts);
    }

    private static Fact.Operation write(double second, String action, Outcome outcome) {
        return new Fact.Operation(
                1,
                "somebody",
                Story.TENANT,
                "gateway",
                Kind.WRITE,
                action,
                Story.micros(second),
                10_000,
                outcome,
                200,
                List.of(),
                Map.of(),
                null,
                Map.of(),
                Set.of());
    }

    private static OrderAtRest order(String status) {
        return new OrderAtRest(Story.thing(Thing.ORDER), status, "somebody", 100, null);
    }

    private static MoveAsked asked(String key, Outcome outcome, @Nullable Moved moved) {
        return new MoveAsked(Story.TENANT, Move.CAPTURE, "an order", key, 5L, outcome, moved);
    }

    private static String printed(Coverage coverage) {
        var text = new StringWriter();
        coverage.print(new PrintWriter(text));
        return text.toString();
    }
}
