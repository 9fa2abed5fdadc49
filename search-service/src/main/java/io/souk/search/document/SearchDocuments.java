package io.souk.search.document;

import io.souk.kit.event.AggregateType;
import io.souk.kit.outbox.ProducedAggregates;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Set;

/** What search publishes. */
@ApplicationScoped
public class SearchDocuments implements ProducedAggregates {
    public static final AggregateType AGGREGATE = new AggregateType("search", "document");

    @Override
    public Set<AggregateType> types() {
        return Set.of(AGGREGATE);
    }
}
