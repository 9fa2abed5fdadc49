package io.souk.kit.view;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.RedriveTarget;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.Topics;
import io.souk.kit.view.CacheWalk.Entries;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What an event that no view could be made of leaves open is what the cache may hold of its aggregate: that goes, and the next
 * reader is given what the tables hold.
 */
@Singleton
final class RedriveViews implements RedriveTarget {
    private final ViewKinds kinds;
    private final Topics topics;
    private final CacheWalk cache;

    RedriveViews(ViewKinds kinds, Topics topics, CacheWalk cache) {
        this.kinds = kinds;
        this.topics = topics;
        this.cache = cache;
    }

    @Override
    public String name() {
        return ViewUpdaters.NAME;
    }

    @Override
    public Uni<Void> redrive(ConsumerRecord<byte[], byte[]> record) {
        var key = EventRecords.findKey(record);
        var cleared = Uni.createFrom().voidItem();
        if (key == null) {
            return cleared; // of no aggregate, so of no view
        }
        for (var kind : kinds.all()) {
            if (topics.of(kind.source()).equals(record.topic())) {
                cleared = cleared.chain(() -> clear(kind, key));
            }
        }
        return cleared;
    }

    private Uni<Void> clear(KnownKind<?> kind, EventKey key) {
        return cache.clear(new Entries(kind.name(), key.tenant(), key.aggregateId()), CacheWalk.BEGINNING)
                .replaceWithVoid();
    }
}
