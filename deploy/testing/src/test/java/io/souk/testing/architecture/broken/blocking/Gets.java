package io.souk.testing.architecture.broken.blocking;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

final class Gets {
    String gets() throws Exception {
        return CompletableFuture.completedFuture("done").get(1, TimeUnit.SECONDS);
    }
}
