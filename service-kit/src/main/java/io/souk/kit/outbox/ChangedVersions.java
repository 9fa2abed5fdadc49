package io.souk.kit.outbox;

import io.souk.kit.event.Order;
import io.souk.kit.http.AggregateVersions;
import io.souk.kit.http.AggregateVersions.Aggregate;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Gathers what was changed: of each aggregate the last order, of more aggregates than a header takes the first ones. */
final class ChangedVersions {
    private final Map<Aggregate, Order> orders = new LinkedHashMap<>();

    synchronized void add(Collection<CommittedChange> changes) {
        for (var committed : changes) {
            var change = committed.change();
            add(new Aggregate(change.aggregate().name(), change.id()), committed.order());
        }
    }

    synchronized void add(AggregateVersions versions) {
        versions.orders().forEach(this::add);
    }

    private void add(Aggregate aggregate, Order order) {
        if (orders.size() < AggregateVersions.MAX_ENTRIES || orders.containsKey(aggregate)) {
            orders.merge(aggregate, order, BinaryOperator.maxBy(Comparator.naturalOrder()));
        }
    }

    synchronized AggregateVersions versions() {
        return new AggregateVersions(orders);
    }
}
