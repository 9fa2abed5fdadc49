package io.souk.testing.architecture.broken.subscribing;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

final class Careful {
    void subscribes(Uni<String> one, Multi<String> many) {
        var _ = one.subscribe().with(_ -> {}, _ -> {});
        var _ = many.subscribe().with(_ -> {}, _ -> {});
    }
}
