package io.souk.kit.consumer;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.tenant.TenantId;

import java.util.Collection;
import java.util.List;

/** Foreign sources as a service has them that applies some, for a test that writes {@code source_watermark} itself. */
public final class Applying {
    private Applying() {}

    public static ForeignSources sources(String consumer, Collection<AggregateType> sources) {
        return new ForeignSources(
                "catalog",
                sources.stream()
                        .<EventConsumer<?>>map(source -> new Never(consumer, source))
                        .toList());
    }

    private record Never(String name, AggregateType source) implements EventConsumer<Object> {
        @Override
        public Class<Object> stateType() {
            return Object.class;
        }

        @Override
        public Uni<Void> apply(TenantId tenant, List<ChangeEvent<Object>> events) {
            return Uni.createFrom().failure(new AssertionError("nothing is to be applied"));
        }
    }
}
