package io.souk.orders;

import io.souk.kit.event.AggregateType;
import io.souk.kit.outbox.ProducedAggregates;
import io.souk.orders.customer.CustomerEvent;
import io.souk.orders.order.OrderEvent;
import io.souk.orders.payment.PaymentEvent;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Set;

/** What this service publishes. */
@ApplicationScoped
class PublishedOrders implements ProducedAggregates {
    @Override
    public Set<AggregateType> types() {
        return Set.of(CustomerEvent.CUSTOMER, OrderEvent.ORDER, PaymentEvent.PAYMENT);
    }
}
