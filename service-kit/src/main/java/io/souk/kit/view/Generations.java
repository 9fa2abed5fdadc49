package io.souk.kit.view;

import io.souk.kit.protocol.Generation;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.TxNote;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;

/**
 * This replica's copy of the generation, in the form of the names that belong to it. An old copy is harmless; the updater
 * looks each second. Each transaction notes it before it begins, for its own puts.
 *
 * <p>Safe from any thread.
 */
@Singleton
final class Generations implements TxNote<Keyspace> {
    private final GenerationStore store;
    private final ViewKeys keys;
    private final ViewKinds kinds;
    private final AtomicReference<@Nullable Future<@Nullable Keyspace>> asking = new AtomicReference<>();
    private volatile @Nullable Keyspace copy;

    Generations(GenerationStore store, ViewKeys keys, ViewKinds kinds) {
        this.store = store;
        this.keys = keys;
        this.kinds = kinds;
    }

    /** Null before anybody has looked. */
    @Nullable
    Keyspace copy() {
        return copy;
    }

    /** Takes what the database says for the copy. */
    Keyspace found(Generation generation) {
        var known = copy;
        if (known != null && known.generation().equals(generation)) {
            return known;
        }
        var names = names(generation);
        copy = names;
        return names;
    }

    /** The names of a generation, whichever the service's one is. */
    Keyspace names(Generation generation) {
        return keys.of(generation, kinds.sources());
    }

    /**
     * Asks the database; all who doubt at the same time share one question, which may have begun a little before. Null when
     * there is none, or no answer: the reader then does without the cache. Does not fail.
     */
    Future<@Nullable Keyspace> confirm(TenantId tenant) {
        var current = ContextInternal.current();
        Promise<@Nullable Keyspace> caller = current == null ? Promise.promise() : current.promise();
        Promise<@Nullable Keyspace> mine = Promise.promise();
        @Nullable Future<@Nullable Keyspace> other = asking.compareAndExchange(null, mine.future());
        (other == null ? mine.future() : other).onComplete(caller);
        if (other == null) {
            store.find(tenant)
                    .onTermination()
                    .invoke(() -> asking.set(null))
                    .subscribe()
                    .with(
                            generation -> mine.complete(generation == null ? null : found(generation)),
                            _ -> mine.complete(null));
        }
        return caller.future();
    }

    @Override
    public Class<Keyspace> type() {
        return Keyspace.class;
    }

    @Override
    public @Nullable Keyspace take() {
        return copy;
    }
}
