package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;

/** 16: what the services themselves offer to find such faults with finds none. */
final class BooksAgree implements Invariant {
    @Override
    public int number() {
        return 16;
    }

    @Override
    public String says() {
        return "The verification that the services offer finds nothing in inventory and orders";
    }

    @Override
    public Verdict check(Evidence evidence) {
        var count = new Verdict.Count();
        Misplaced.count(count, evidence, number());
        return count.verdict();
    }
}
