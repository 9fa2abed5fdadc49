package io.souk.kit.outbox;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** How the relay's threads wait for the database. */
final class Blocking {
    /** More than the transaction's own deadline and its wait for a connection: whichever fails first says why. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Blocking() {}

    static <T extends @Nullable Object> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
