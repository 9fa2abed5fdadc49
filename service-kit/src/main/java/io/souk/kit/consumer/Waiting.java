package io.souk.kit.consumer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** How a reader's thread waits: it stays a member of its group meanwhile. */
interface Waiting {
    /** Returns when the work is done, and throws what it failed with. */
    void await(CompletableFuture<?> work) throws ExecutionException, Abandoned;

    void pause(Duration time) throws Abandoned;

    /** The events at hand are no longer this reader's: their partition went to another member, or the service stops. */
    final class Abandoned extends Exception {
        Abandoned() {
            super(null, null, false, false);
        }
    }
}
