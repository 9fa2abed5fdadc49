package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;

/** 10: nobody has to do anything after the last fault. */
final class AllComesToRest implements Invariant {
    @Override
    public int number() {
        return 10;
    }

    @Override
    public String says() {
        return "After the last fault outbox, lag and stale count are 0 within 30 s, orders with their deadlines";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        for (var rest : evidence.all(Fact.Rest.class)) {
            var millis = rest.millis();
            count.that(
                    millis != null && millis <= rest.most(),
                    () -> "%s was 0 after %s: %s"
                            .formatted(rest.what(), millis == null ? "no time at all" : millis + " ms", rest.detail()));
        }
        return count.verdict();
    }
}
