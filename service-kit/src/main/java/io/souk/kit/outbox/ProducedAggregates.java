package io.souk.kit.outbox;

import io.souk.kit.event.AggregateType;

import java.util.Set;

/** Names what a service publishes: one bean per service. Its topics are made at start if they are missing. */
public interface ProducedAggregates {
    Set<AggregateType> types();
}
