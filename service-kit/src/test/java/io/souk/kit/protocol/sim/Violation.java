package io.souk.kit.protocol.sim;

/** An invariant does not hold. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    final Invariant invariant;

    Violation(Invariant invariant, String what) {
        super(invariant + ": " + what, null, false, false);
        this.invariant = invariant;
    }
}
