package io.souk.chaos.check;

import io.souk.chaos.evidence.Evidence;

/** A promise that the evidence keeps or breaks. Pure. */
public interface Invariant {
    /** Its place in the list of promises. */
    int number();

    /** The promise, in one sentence. */
    String says();

    Verdict check(Evidence evidence);
}
