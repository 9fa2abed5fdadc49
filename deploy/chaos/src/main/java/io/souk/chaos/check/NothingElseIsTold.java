package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;

import java.util.HashSet;

/** 2: what was rolled back is nowhere, neither in the log nor in an answer. */
final class NothingElseIsTold implements Invariant {
    /** The clock of a commit and that of a client are the same one, read in two processes. */
    private static final long CLOCK_MICROS = 1_000;

    @Override
    public int number() {
        return 2;
    }

    @Override
    public String says() {
        return "No event, and no answer, of a change that was rolled back";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        var committed = new HashSet<String>();
        evidence.all(Fact.Commit.class)
                .forEach(commit -> committed.add(commit.event() + " " + commit.thing() + " " + commit.order()));
        for (var record : evidence.log()) {
            count.that(
                    committed.contains(record.event() + " " + record.thing() + " " + record.order()),
                    () -> "%s %s at %s-%d:%d was never committed"
                            .formatted(
                                    record.thing(),
                                    record.order(),
                                    record.topic(),
                                    record.partition(),
                                    record.offset()));
        }
        for (var read : evidence.reads()) {
            for (var part : read.parts()) {
                if (part.live()) {
                    count.that(
                            evidence.timeline(part.thing()).states().stream()
                                    .anyMatch(state -> state.order().equals(part.order())
                                            && state.committed() <= read.ended() + CLOCK_MICROS),
                            () -> "operation %d read %s %s, which was not committed"
                                    .formatted(read.number(), part.thing(), part.order()));
                }
            }
        }
        return count.verdict();
    }
}
