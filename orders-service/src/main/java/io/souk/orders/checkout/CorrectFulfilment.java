package io.souk.orders.checkout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import io.souk.orders.order.FindOrders;
import io.souk.orders.order.Fulfilment;
import io.souk.orders.order.Order;
import io.souk.orders.order.OrderState;
import io.souk.orders.order.OrderView;
import io.souk.orders.order.RecordOrder;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.UUID;
import java.util.function.UnaryOperator;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;
import static io.souk.orders.OrdersProblem.NOT_FULFILLED;

/** Completes or corrects what the shop has said of how an order's goods were sent. */
@ApplicationScoped
class CorrectFulfilment {
    private static final String NOTE = "What is said of the parcel was completed or corrected";

    private final Transactions transactions;
    private final RecordOrder orders;
    private final FindOrders findOrders;
    private final ObjectMapper json;
    private final Clock clock;

    CorrectFulfilment(
            Transactions transactions, RecordOrder orders, FindOrders findOrders, ObjectMapper json, Clock clock) {
        this.transactions = transactions;
        this.orders = orders;
        this.findOrders = findOrders;
        this.json = json;
        this.clock = clock;
    }

    /**
     * The order with the fulfilment patched; as it was when the patch says nothing new. {@code NOT_FULFILLED} unless its goods
     * have left, 412 when it is at another version than the one seen, 404 when the tenant has none such.
     */
    Uni<FindOrders.Found> correct(Caller caller, UUID id, long seen, JsonNode patch) {
        return transactions
                .inTenant(
                        caller.tenant(), tx -> orders.lock(tx, id).chain(order -> correct(tx, order, id, seen, patch)))
                .chain(() -> findOrders.find(caller, id))
                .onItem()
                .ifNull()
                .failWith(() -> noSuch(id));
    }

    private Uni<Void> correct(Tx tx, @Nullable Order order, UUID id, long seen, JsonNode patch) {
        if (order == null) {
            throw noSuch(id);
        }
        Preconditions.requireVersion(seen, order.version(), "order", () -> OrderView.of(order.impersonal()));
        var state = with(order, present -> patched(order, present, patch));
        return state.equals(order.state())
                ? Uni.createFrom().voidItem()
                : orders.noted(tx, order.in(state, clock.instant(), order.deadline()), NOTE)
                        .replaceWithVoid();
    }

    private static OrderState with(Order order, UnaryOperator<Fulfilment> change) {
        return switch (order.state()) {
            case OrderState.Fulfilled(var reservation, var present) ->
                new OrderState.Fulfilled(reservation, change.apply(present));
            case OrderState.Delivered(var reservation, var present) ->
                new OrderState.Delivered(reservation, change.apply(present));
            case OrderState.Placed _,
                    OrderState.Reserved _,
                    OrderState.Authorised _,
                    OrderState.Confirmed _,
                    OrderState.Rejected _,
                    OrderState.Declined _,
                    OrderState.Expired _,
                    OrderState.Cancelled _ ->
                throw NOT_FULFILLED.because("The order is " + order.status()).with("orderStatus", order.status());
        };
    }

    private Fulfilment patched(Order order, Fulfilment present, JsonNode patch) {
        var wanted = MergePatch.apply(json, FulfilmentRequest.of(present), patch, FulfilmentRequest.class)
                .fulfilment();
        FulfilOrder.requireSomebody(order, wanted);
        return wanted;
    }

    private static RuntimeException noSuch(UUID id) {
        return NOT_FOUND.because("There is no order " + id);
    }
}
