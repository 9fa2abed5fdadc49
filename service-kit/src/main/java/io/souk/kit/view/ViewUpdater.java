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
import java.util.function.Supplier;

import static io.souk.kit.view.ViewMetrics.Path.APPLY;

/**
 * Brings one kind's entries up to date from the events of its source: the guarantee behind every other way to write one. A
 * batch is sent in slices, each when Redis has answered the one before, so that all updaters together leave room on their
 * connection; where Redis is away the batch fails and comes again, so nothing is skipped. Twice and late is harmless, since
 * the floor decides.
 */
final class ViewUpdater<T> implements EventConsumer<T> {
    private final KnownKind<T> kind;
    private final ViewEntries entries;
    private final ViewLoader loader;
    private final HintEntries hints;
    private final PipelinedRedis redis;
    private final int slice;

    /** @param slice how many commands may be unanswered at a time */
    ViewUpdater(
            KnownKind<T> kind,
            ViewEntries entries,
            ViewLoader loader,
            HintEntries hints,
            PipelinedRedis redis,
            int slice) {
        this.kind = kind;
        this.entries = entries;
        this.loader = loader;
        this.hints = hints;
        this.redis = redis;
        this.slice = slice;
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
            var writes = new ArrayList<Supplier<Future<?>>>(events.size());
            events.forEach(event -> write(tenant, event, writes));
            send(writes, 0).onComplete(done);
        });
    }

    private Future<Void> send(List<Supplier<Future<?>>> writes, int from) {
        if (from >= writes.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(writes.size(), from + slice);
        var sent = new ArrayList<Future<?>>(to - from);
        writes.subList(from, to).forEach(write -> sent.add(write.get()));
        return Future.join(sent).compose(_ -> send(writes, to));
    }

    private void write(TenantId tenant, ChangeEvent<T> event, List<Supplier<Future<?>>> writes) {
        var envelope = event.envelope();
        loader.changed(kind, tenant, envelope.aggregateId());
        @Nullable T state = event instanceof ChangeEvent.Changed<T>(var _, var after) ? after : null;
        Rendered rendered;
        try {
            rendered = kind.render(envelope.order(), state);
        } catch (RuntimeException failure) {
            writes.add(() -> Future.failedFuture(failure));
            return;
        }
        var id = envelope.aggregateId();
        writes.add(() -> {
            var stored = entries.apply(kind, tenant, id, envelope.order(), rendered.entry());
            kind.metrics().count(APPLY, stored);
            return stored;
        });
        kind.hints(state)
                .forEach((lookup, some) ->
                        some.forEach(key -> writes.add(() -> hints.put(redis.background(), tenant, lookup, key, id))));
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
