package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;
import io.souk.chaos.evidence.Fact;

/** What the harvest has looked for where it must not be. */
final class Misplaced {
    private Misplaced() {}

    static void count(Verdict.Count count, Evidence evidence, int invariant) {
        for (var found : evidence.all(Fact.Found.class)) {
            if (found.invariant() == invariant) {
                count.that(!found.wrong(), found::what);
            }
        }
    }
}
