package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;

/** 8: what is deleted does not come back: not in the log, not in an answer, not in the cache, not in another table. */
final class DeletedStaysDeleted implements Invariant {
    @Override
    public int number() {
        return 8;
    }

    @Override
    public String says() {
        return "Deleted stays deleted";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        evidence.timelines().forEach((thing, timeline) -> {
            var states = timeline.states();
            for (int i = 0; i < states.size(); i++) {
                if (!states.get(i).live()) {
                    count.that(i == states.size() - 1, () -> "%s came back after its deletion".formatted(thing));
                }
            }
        });
        for (var read : evidence.reads()) {
            for (var part : read.parts()) {
                var end = evidence.timeline(part.thing()).end();
                if (end.isPresent() && end.get().seen() <= read.began() - ReadsAreFresh.BOUND_MICROS) {
                    count.that(
                            !part.live() || !read.stale().isEmpty(),
                            () -> "operation %d (%s by %s) read %s %s; it had been deleted for %.1f s"
                                    .formatted(
                                            read.number(),
                                            read.action(),
                                            read.via(),
                                            part.thing(),
                                            part.order(),
                                            (read.began() - end.get().seen()) / 1e6));
                }
            }
        }
        for (var entry : evidence.all(Fact.Cached.class)) {
            if (!entry.when().equals("during")
                    && evidence.timeline(entry.thing()).end().isPresent()) {
                count.that(
                        entry.bytes() == null,
                        () -> "%s is deleted and in the cache (%s)".formatted(entry.thing(), entry.when()));
            }
        }
        for (var copy : evidence.all(Fact.Copy.class)) {
            if (evidence.timeline(copy.thing()).end().isPresent()) {
                count.that(!copy.live(), () -> "%s is deleted and in %s".formatted(copy.thing(), copy.holder()));
            }
        }
        Misplaced.count(count, evidence, number());
        return count.verdict();
    }
}
