package io.souk.kit.view;

import io.souk.kit.event.ChangeKind;
import io.souk.kit.outbox.CommitListener;
import io.souk.kit.outbox.CommittedChange;
import io.souk.kit.protocol.WriteStep;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisState;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Tx;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.util.List;

import static io.souk.kit.view.ViewMetrics.Path.PUT;

/**
 * Puts a writer's own changes into the cache right after their commit, so that the next read shows them. Best effort: what
 * is lost here comes by the event path; until Redis has answered, this replica reads the key from the tables. The view is made from the event's JSON, as everywhere, so its bytes are the same.
 */
@Singleton
final class WriteThrough implements CommitListener {
    private static final Logger LOG = Logger.getLogger(WriteThrough.class);

    private final ViewKinds kinds;
    private final ViewConfig config;
    private final ViewEntries entries;
    private final ViewLoader loader;
    private final HintEntries hints;
    private final Lookups lookups;
    private final PipelinedRedis redis;

    WriteThrough(
            ViewKinds kinds,
            ViewConfig config,
            ViewEntries entries,
            ViewLoader loader,
            HintEntries hints,
            Lookups lookups,
            PipelinedRedis redis) {
        this.kinds = kinds;
        this.config = config;
        this.entries = entries;
        this.loader = loader;
        this.hints = hints;
        this.lookups = lookups;
        this.redis = redis;
    }

    /** Puts into the generation from before the transaction: a later one may be newer than what is committed. */
    @Override
    public CommitListener of(Tx tx) {
        var names = tx.noted(Keyspace.class);
        return names == null ? this : (tenant, changes) -> committed(tenant, changes, names, tx.beganMicros());
    }

    /** Of a transaction that began before any generation was known, so nothing is put. */
    @Override
    public void committed(TenantId tenant, List<CommittedChange> changes) {
        committed(tenant, changes, null, 0);
    }

    /** @param beganMicros {@code now()} of the transaction */
    void committed(TenantId tenant, List<CommittedChange> changes, @Nullable Keyspace names, long beganMicros) {
        boolean mayPut = config.writeThrough()
                && changes.size() <= config.writeThroughMax()
                && redis.state() == RedisState.READY;
        for (var change : changes) {
            for (var kind : kinds.of(change.change().aggregate())) {
                if (names != null && mayPut) {
                    // first: a load that begins behind the line below finds it pending
                    put(kind, tenant, change, names, beganMicros);
                }
                loader.changed(kind, tenant, change.change().id());
            }
        }
    }

    private <T> void put(
            KnownKind<T> kind, TenantId tenant, CommittedChange committed, Keyspace names, long beganMicros) {
        var change = committed.change();
        var key = new ViewKey(kind.name(), tenant, change.id());
        var step = new WriteStep(names.generation())
                .committed(beganMicros, !kind.foreign().isEmpty());
        try {
            @Nullable T state = change.kind() == ChangeKind.DELETED ? null : kind.state(committed.json());
            var rendered = kind.render(committed.order(), state, step.asOf());
            kind.metrics().count(PUT, entries.put(names, key, committed.order(), rendered.entry()));
            var vouched = kind.hints(state);
            lookups.changed(tenant, vouched);
            hints.put(redis, names, tenant, change.id(), vouched);
        } catch (RuntimeException failure) {
            kind.metrics().failed(PUT);
            LOG.errorf(failure, "no %s view of %s/%s at %s", kind.name(), tenant, change.id(), committed.order());
        }
    }
}
