package io.souk.search.index;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.TailBatch;
import io.souk.kit.consumer.TailConsumer;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.search.document.SearchDocument;
import io.souk.search.document.SearchDocuments;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Map;

/** Keeps this replica's index in step with the topic of search documents. */
@ApplicationScoped
class DocumentTail implements TailConsumer<SearchDocument> {
    private final ReplicaIndex index;

    DocumentTail(ReplicaIndex index) {
        this.index = index;
    }

    @Override
    public String name() {
        return "index";
    }

    @Override
    public AggregateType source() {
        return SearchDocuments.AGGREGATE;
    }

    @Override
    public Class<SearchDocument> stateType() {
        return SearchDocument.class;
    }

    @Override
    public Uni<Map<Integer, Long>> startOffsets(String log) {
        return index.startOffsets(log);
    }

    @Override
    public Uni<Void> apply(TailBatch<SearchDocument> batch) {
        var changes = batch.events().stream().map(DocumentTail::change).toList();
        return index.apply(changes, batch.nextOffsets());
    }

    @Override
    public Uni<Void> caughtUp() {
        return index.becomeFresh();
    }

    private static IndexChange change(ChangeEvent<SearchDocument> event) {
        var envelope = event.envelope();
        return new IndexChange(
                envelope.tenant(),
                envelope.aggregateId(),
                envelope.order(),
                switch (event) {
                    case ChangeEvent.Changed<SearchDocument> changed -> changed.state();
                    case ChangeEvent.Deleted<SearchDocument> _ -> null;
                });
    }
}
