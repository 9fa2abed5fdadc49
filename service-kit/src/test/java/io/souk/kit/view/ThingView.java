package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.Order;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The view of a thing, over its real table. */
@ApplicationScoped
public class ThingView implements ViewKind<ThingView.Thing> {
    private static final String SELECT =
            "select id, version, name from thing where tenant = $1 and id = any($2::uuid[])";

    private static final String LOCK =
            "select id from thing where tenant = $1 and id = any($2::uuid[]) order by id for update";

    public record Thing(UUID id, long version, String name) {}

    private final ThingsByName byName;
    private final EventsConfig events;
    private final AtomicInteger loads = new AtomicInteger();

    ThingView(ThingsByName byName, EventsConfig events) {
        this.byName = byName;
        this.events = events;
    }

    int loads() {
        return loads.get();
    }

    @Override
    public String name() {
        return "thing";
    }

    @Override
    public AggregateType source() {
        return Things.THING;
    }

    @Override
    public Class<Thing> stateType() {
        return Thing.class;
    }

    @Override
    public Duration ttl() {
        return Duration.ofMinutes(10);
    }

    @Override
    public byte[] render(Thing thing) {
        return "{\"name\":\"%s\",\"version\":%d}"
                .formatted(thing.name(), thing.version())
                .getBytes(UTF_8);
    }

    @Override
    public Map<LookupKind, Set<String>> hints(Thing thing) {
        return Map.of(byName, Set.of(thing.name()));
    }

    @Override
    public Uni<Void> lock(Tx tx, Collection<UUID> ids) {
        return tx.sql()
                .preparedQuery(LOCK)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    @Override
    public Object event(Thing thing) {
        return new Things.State(thing.id(), thing.version(), thing.name(), List.of());
    }

    @Override
    public Uni<Map<UUID, StateAt<Thing>>> load(Tx tx, Collection<UUID> ids) {
        loads.incrementAndGet();
        return tx.sql()
                .preparedQuery(SELECT)
                .execute(Tuple.of(tx.tenant().value(), ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, StateAt<Thing>> things = new HashMap<>();
                    rows.forEach(row -> {
                        var thing = new Thing(row.getUUID("id"), row.getLong("version"), row.getString("name"));
                        things.put(thing.id(), new StateAt<>(new Order(events.epoch(), thing.version()), thing));
                    });
                    return things;
                });
    }
}
