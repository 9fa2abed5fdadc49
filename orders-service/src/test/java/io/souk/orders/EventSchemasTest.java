package io.souk.orders;

import io.souk.kit.event.AggregateType;
import io.souk.orders.customer.CustomerEvent;
import io.souk.orders.order.OrderEvent;
import io.souk.orders.payment.PaymentEvent;
import io.souk.testing.schema.EventSchemaContract;

import java.util.Map;
import java.util.stream.Collectors;

class EventSchemasTest extends EventSchemaContract {
    EventSchemasTest() {
        super(
                "orders",
                new PublishedOrders().types().stream().map(AggregateType::name).collect(Collectors.toSet()),
                Map.of("customer", CustomerEvent.class, "order", OrderEvent.class, "payment", PaymentEvent.class));
    }
}
