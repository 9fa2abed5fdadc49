package io.souk.kit.consumer;

import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.Order;
import io.souk.kit.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Remembers what it was given, tenant by tenant; a test may let it do something first. */
@ApplicationScoped
class RecordingConsumer implements EventConsumer<RecordingConsumer.Named> {
    /** Only one of the state's fields. */
    record Named(String name) {}

    private final Map<TenantId, List<ChangeEvent<Named>>> applied = new ConcurrentHashMap<>();
    private final Map<EventKey, Optional<Order>> doubts = new ConcurrentHashMap<>();
    private final Map<TenantId, Function<List<ChangeEvent<Named>>, Uni<Void>>> first = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "recording";
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
    public Uni<Void> apply(TenantId tenant, List<ChangeEvent<Named>> events) {
        return first.getOrDefault(tenant, _ -> Uni.createFrom().voidItem())
                .apply(events)
                .invoke(() -> of(tenant).addAll(events));
    }

    @Override
    public Uni<Void> doubt(EventKey key, @Nullable Order order) {
        doubts.put(key, Optional.ofNullable(order));
        return Uni.createFrom().voidItem();
    }

    /** What was known of the order of an event that was given up, by its key. */
    Map<EventKey, Optional<Order>> doubts() {
        return doubts;
    }

    /** What is done with a tenant's events before they are remembered. */
    void first(TenantId tenant, Function<List<ChangeEvent<Named>>, Uni<Void>> work) {
        first.put(tenant, work);
    }

    List<ChangeEvent<Named>> of(TenantId tenant) {
        return applied.computeIfAbsent(tenant, _ -> new CopyOnWriteArrayList<>());
    }

    List<String> names(TenantId tenant) {
        return of(tenant).stream().map(RecordingConsumer::name).toList();
    }

    List<Long> versions(TenantId tenant) {
        return of(tenant).stream()
                .map(event -> event.envelope().order().version())
                .toList();
    }

    static String name(ChangeEvent<Named> event) {
        return switch (event) {
            case ChangeEvent.Changed<Named> changed -> changed.state().name();
            case ChangeEvent.Deleted<Named> _ -> "(deleted)";
        };
    }
}
