package io.souk.testing.architecture.broken.subscribing;

import io.smallrye.mutiny.Multi;

final class Often {
    void subscribes(Multi<String> work) {
        var _ = work.subscribe().with(_ -> {}, () -> {});
    }
}
