package io.souk.kit.consumer;

import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.consumer.RecordingConsumer.Named;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.tenant.TenantId;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps one tenant's events, which wait for a gate; has a position of its own. */
final class Seen implements EventConsumer<Named> {
    final List<ChangeEvent<Named>> started = new CopyOnWriteArrayList<>();
    final List<ChangeEvent<Named>> events = new CopyOnWriteArrayList<>();
    private final TenantId tenant;
    private final Uni<Void> gate;

    Seen(TenantId tenant, Uni<Void> gate) {
        this.tenant = tenant;
        this.gate = gate;
    }

    @Override
    public String name() {
        return "seen-" + tenant.value();
    }

    @Override
    public AggregateType source() {
        return Things.THING;
    }

    @Override
    public Class<Named> stateType() {
        return Named.class;
    }

    @Override
    public Uni<Void> apply(TenantId events, List<ChangeEvent<Named>> batch) {
        if (!events.equals(tenant)) {
            return Uni.createFrom().voidItem();
        }
        started.addAll(batch);
        return gate.invoke(() -> this.events.addAll(batch));
    }

    /** In the order of their first arrival: members that overlap may apply an event twice. */
    List<Long> versions(UUID id) {
        return events.stream()
                .filter(event -> event.envelope().aggregateId().equals(id))
                .map(event -> event.envelope().order().version())
                .distinct()
                .toList();
    }
}
