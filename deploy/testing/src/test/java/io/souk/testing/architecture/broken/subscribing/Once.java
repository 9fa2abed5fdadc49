package io.souk.testing.architecture.broken.subscribing;

import io.smallrye.mutiny.Uni;

final class Once {
    void subscribes(Uni<String> work) {
        var _ = work.subscribe().with(_ -> {});
    }
}
