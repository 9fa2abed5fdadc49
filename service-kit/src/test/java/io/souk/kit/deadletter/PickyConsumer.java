package io.souk.kit.deadletter;

import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.consumer.Inbox;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Has an effect for each event, once; but of some tenants it takes no thing that is called "poison". */
@ApplicationScoped
class PickyConsumer implements EventConsumer<PickyConsumer.Named> {
    record Named(String name) {}

    /** How it fails. */
    enum Mood {
        REFUSES,
        HAS_NO_DATABASE
    }

    private static final String EFFECT = "insert into effect (tenant, event_id, version) values ($1, $2, $3)";

    private static final String EFFECTS = "select version from effect where tenant = $1 order by place";

    private final Transactions transactions;
    private final Inbox inbox;
    private final Map<TenantId, Mood> moods = new ConcurrentHashMap<>();

    PickyConsumer(Transactions transactions, Inbox inbox) {
        this.transactions = transactions;
        this.inbox = inbox;
    }

    void become(TenantId tenant, Mood mood) {
        moods.put(tenant, mood);
    }

    void cure(TenantId tenant) {
        moods.remove(tenant);
    }

    /** The versions that had their effect, in the order in which they had it. */
    Uni<List<Long>> effects(TenantId tenant) {
        return transactions.inTenant(
                tenant,
                tx -> tx.sql()
                        .preparedQuery(EFFECTS)
                        .execute(Tuple.of(tenant.value()))
                        .map(rows -> {
                            var versions = new ArrayList<Long>();
                            rows.forEach(row -> versions.add(row.getLong("version")));
                            return versions;
                        }));
    }

    @Override
    public String name() {
        return "picky";
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
        if (!moods.containsKey(tenant) && events.stream().noneMatch(PickyConsumer::isPoison)) {
            return Uni.createFrom().voidItem();
        }
        return transactions.inTenant(tenant, tx -> {
            var done = Uni.createFrom().voidItem();
            for (var event : events) {
                done = done.chain(() -> take(tx, event));
            }
            return done;
        });
    }

    private Uni<Void> take(Tx tx, ChangeEvent<Named> event) {
        var mood = moods.get(tx.tenant());
        if (mood != null && isPoison(event)) {
            return Uni.createFrom()
                    .failure(
                            switch (mood) {
                                case REFUSES -> new IllegalStateException("cannot\nbe");
                                case HAS_NO_DATABASE -> new IOException("away");
                            });
        }
        var envelope = event.envelope();
        return inbox.once(
                tx,
                name(),
                envelope.eventId(),
                () -> tx.sql()
                        .preparedQuery(EFFECT)
                        .execute(Tuple.of(
                                tx.tenant().value(),
                                envelope.eventId(),
                                envelope.order().version()))
                        .replaceWithVoid());
    }

    private static boolean isPoison(ChangeEvent<Named> event) {
        return event instanceof ChangeEvent.Changed<Named>(var _, var state)
                && state.name().equals("poison");
    }
}
