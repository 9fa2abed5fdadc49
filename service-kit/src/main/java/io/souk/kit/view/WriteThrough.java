package io.souk.kit.view;

import io.souk.kit.event.ChangeKind;
import io.souk.kit.outbox.CommitListener;
import io.souk.kit.outbox.CommittedChange;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.redis.RedisState;
import io.souk.kit.tenant.TenantId;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
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

    @Override
    public void committed(TenantId tenant, List<CommittedChange> changes) {
        boolean put = config.writeThrough()
                && changes.size() <= config.writeThroughMax()
                && redis.state() == RedisState.READY;
        for (var change : changes) {
            for (var kind : kinds.of(change.change().aggregate())) {
                if (put) {
                    put(kind, tenant, change); // first: a load that begins behind the line below finds it pending
                }
                loader.changed(kind, tenant, change.change().id());
            }
        }
    }

    private <T> void put(KnownKind<T> kind, TenantId tenant, CommittedChange committed) {
        var change = committed.change();
        try {
            @Nullable T state = change.kind() == ChangeKind.DELETED ? null : kind.state(committed.json());
            var rendered = kind.render(committed.order(), state);
            kind.metrics().count(PUT, entries.put(kind, tenant, change.id(), committed.order(), rendered.entry()));
            var vouched = kind.hints(state);
            lookups.changed(tenant, vouched);
            hints.put(redis, tenant, change.id(), vouched);
        } catch (IOException | RuntimeException failure) {
            kind.metrics().failed(PUT);
            LOG.errorf(failure, "no %s view of %s/%s at %s", kind.name(), tenant, change.id(), committed.order());
        }
    }
}
