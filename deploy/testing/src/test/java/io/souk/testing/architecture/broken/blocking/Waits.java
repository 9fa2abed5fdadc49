package io.souk.testing.architecture.broken.blocking;

import io.smallrye.mutiny.Uni;

final class Waits {
    String waits() {
        return Uni.createFrom().item("done").await().indefinitely();
    }
}
