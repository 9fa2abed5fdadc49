package io.souk.orders.order;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** Where an order stands, with what is known only there. */
public sealed interface OrderState {
    OrderStatus status();

    /** One sentence for the order's timeline. */
    String note();

    /** Waits for the stock. */
    record Placed() implements OrderState {
        @Override
        public OrderStatus status() {
            return OrderStatus.PLACED;
        }

        @Override
        public String note() {
            return "The order was placed; its stock is being reserved";
        }
    }

    /** Holds its stock, waits for the payment. */
    record Reserved(UUID reservation) implements OrderState {
        @Override
        public OrderStatus status() {
            return OrderStatus.RESERVED;
        }

        @Override
        public String note() {
            return "The stock is reserved; the payment is being authorised";
        }
    }

    /** Is paid for, waits until the reservation is made final. */
    record Authorised(UUID reservation) implements OrderState {
        @Override
        public OrderStatus status() {
            return OrderStatus.AUTHORISED;
        }

        @Override
        public String note() {
            return "The payment is authorised; the reservation is being confirmed";
        }
    }

    record Confirmed(UUID reservation) implements OrderState {
        @Override
        public OrderStatus status() {
            return OrderStatus.CONFIRMED;
        }

        @Override
        public String note() {
            return "The order is confirmed";
        }
    }

    /** Its goods have left: nothing takes them back, and nothing ends the order otherwise any more. */
    record Fulfilled(UUID reservation, Fulfilment fulfilment) implements OrderState {
        @Override
        public OrderStatus status() {
            return OrderStatus.FULFILLED;
        }

        @Override
        public String note() {
            return "The goods are on their way" + fulfilment.told();
        }
    }

    record Delivered(UUID reservation, Fulfilment fulfilment) implements OrderState {
        @Override
        public OrderStatus status() {
            return OrderStatus.DELIVERED;
        }

        @Override
        public String note() {
            return "The goods have arrived";
        }
    }

    /** Inventory could not serve every line, and holds none of them. */
    record Rejected(List<Refusal> refused) implements OrderState {
        public Rejected {
            refused = List.copyOf(refused);
        }

        @Override
        public OrderStatus status() {
            return OrderStatus.REJECTED;
        }

        @Override
        public String note() {
            var scattered = refused.stream().anyMatch(Refusal::isScattered);
            return "There is not enough stock for " + refused.size() + (refused.size() == 1 ? " line" : " lines")
                    + (scattered ? " in as many lots and locations as one line is served from" : "");
        }
    }

    record Declined(UUID reservation, String reason) implements OrderState {
        @Override
        public OrderStatus status() {
            return OrderStatus.DECLINED;
        }

        @Override
        public String note() {
            return "The payment was declined: " + reason;
        }
    }

    /** A step got no answer in time, or the reservation ran out before the payment came. */
    record Expired(@Nullable UUID reservation, String reason) implements OrderState {
        @Override
        public OrderStatus status() {
            return OrderStatus.EXPIRED;
        }

        @Override
        public String note() {
            return "The order expired: " + reason;
        }
    }

    record Cancelled(@Nullable UUID reservation, String reason) implements OrderState {
        @Override
        public OrderStatus status() {
            return OrderStatus.CANCELLED;
        }

        @Override
        public String note() {
            return "The order was cancelled: " + reason;
        }
    }
}
