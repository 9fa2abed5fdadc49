package io.souk.bench.stack;

import io.souk.cli.local.Ports;
import io.souk.stack.StackException;

/** A {@code --port-offset} under which every port is free. */
public final class FreeOffset {
    /** Far from the ports of a stack that somebody may have running. */
    private static final int LOWEST = 10_000;

    private static final int STEP = 137;
    private static final int TRIES = 50;

    private FreeOffset() {}

    public static int find() {
        for (int i = 0; i < TRIES; i++) {
            int offset = LOWEST + i * STEP;
            if (Ports.shiftedBy(offset).areFree()) {
                return offset;
            }
        }
        throw new StackException("No free ports were found for a stack of the benchmark's own.");
    }
}
