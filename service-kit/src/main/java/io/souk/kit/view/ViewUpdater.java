package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.Order;
import io.souk.kit.redis.PipelinedRedis;
import io.souk.kit.tenant.TenantId;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

import static io.souk.kit.view.ViewMetrics.Path.APPLY;

/**
 * Brings one kind's entries up to date from the events of its source: the guarantee behind every other way to write one. A
 * batch is sent as one pipeline and is done when Redis has answered all of it; where Redis is away the batch fails and comes
 * again, so nothing is skipped. Twice and late is harmless, since the floor decides.
 */
final class ViewUpdater<T> implements EventConsumer<T> {
    private final KnownKind<T> kind;
    private final ViewEntries entries;
    private final ViewLoader loader;
    private final HintEntries hints;
    private final PipelinedRedis redis;

    ViewUpdater(KnownKind<T> kind, ViewEntries entries, ViewLoader loader, HintEntries hints, PipelinedRedis redis) {
        this.kind = kind;
        this.entries = entries;
        this.loader = loader;
        this.hints = hints;
        this.redis = redis;
    }

    @Override
    public String name() {
        return "views-" + kind.name();
    }

    @Override
    public AggregateType source() {
        return kind.source();
    }

    @Override
    public Class<T> stateType() {
        return kind.kind().stateType();
    }

    @Override
    public Uni<Void> apply(TenantId tenant, List<ChangeEvent<T>> events) {
        return AsyncResultUni.toUni(done -> {
            var writes = new ArrayList<Future<?>>(events.size());
            events.forEach(event -> write(tenant, event, writes));
            Future.join(writes).<Void>mapEmpty().onComplete(done);
        });
    }

    private void write(TenantId tenant, ChangeEvent<T> event, List<Future<?>> writes) {
        var envelope = event.envelope();
        loader.changed(kind, tenant, envelope.aggregateId());
        @Nullable T state = event instanceof ChangeEvent.Changed<T>(var _, var after) ? after : null;
        Rendered rendered;
        try {
            rendered = kind.render(envelope.order(), state);
        } catch (RuntimeException failure) {
            writes.add(Future.failedFuture(failure));
            return;
        }
        var stored = entries.apply(kind, tenant, envelope.aggregateId(), envelope.order(), rendered.entry());
        kind.metrics().count(APPLY, stored);
        writes.add(stored);
        writes.addAll(hints.put(redis.background(), tenant, envelope.aggregateId(), kind.hints(state)));
    }

    /** No entry can be made of an event: what is there goes, so that nobody is given what is out of date. */
    @Override
    public Uni<Void> doubt(EventKey key, @Nullable Order order) {
        kind.metrics().failed(APPLY);
        loader.changed(kind, key.tenant(), key.aggregateId());
        return AsyncResultUni.toUni(done -> entries.invalidate(kind, key.tenant(), key.aggregateId(), order)
                .<Void>mapEmpty()
                .onComplete(done));
    }
}
