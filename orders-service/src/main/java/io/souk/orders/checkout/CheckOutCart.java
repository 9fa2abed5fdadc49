package io.souk.orders.checkout;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.idempotency.Idempotency;
import io.souk.kit.sku.Sku;
import io.souk.orders.cart.Bearer;
import io.souk.orders.cart.Cart;
import io.souk.orders.cart.FindCarts;
import io.souk.orders.cart.LockCart;
import io.souk.orders.order.Order;
import io.souk.orders.price.FindOffers;
import io.souk.orders.price.Offer;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import static io.souk.orders.OrdersProblem.CART_EMPTY;

/** Makes an order of a cart, at the prices that were shown. */
@ApplicationScoped
class CheckOutCart {
    private final FindCarts findCarts;
    private final LockCart lockCart;
    private final FindOffers findOffers;
    private final PlaceOrder placeOrder;
    private final Idempotency idempotency;

    CheckOutCart(
            FindCarts findCarts,
            LockCart lockCart,
            FindOffers findOffers,
            PlaceOrder placeOrder,
            Idempotency idempotency) {
        this.findCarts = findCarts;
        this.lockCart = lockCart;
        this.findOffers = findOffers;
        this.placeOrder = placeOrder;
        this.idempotency = idempotency;
    }

    /** What makes two checkouts the same. */
    @RegisterForReflection
    private record Wish(long version, CartCheckoutRequest request) {}

    /**
     * 202 with the placed order; the cart is locked from then on until the order has its outcome. {@code PRICE_CHANGED}
     * names each line whose price is not the one that was shown, with both; nothing is charged then. 412 when the cart
     * is not at the version that was seen. The same key and request again give the same order, whatever has become of
     * the cart.
     *
     * @param authorization the header of the request on whose behalf the catalogue is asked
     */
    Uni<Answer> place(
            Bearer bearer,
            UUID cart,
            long seen,
            @Nullable String key,
            String authorization,
            CartCheckoutRequest request) {
        return idempotency.once(
                bearer.caller().tenant(),
                "check-out-cart:" + cart + ":" + bearer.name(),
                key,
                new Wish(seen, request),
                () -> price(bearer, cart, seen, authorization, request),
                (tx, order) -> placeOrder
                        .holdAddress(tx, request.shippingAddressId(), order)
                        .chain(() -> lockCart.checkOut(tx, bearer, cart, seen, order.id()))
                        .chain(() -> placeOrder.store(tx, request.payment(), order)));
    }

    private Uni<Order> price(Bearer bearer, UUID id, long seen, String authorization, CartCheckoutRequest request) {
        return findCarts.findOwn(bearer, id).chain(cart -> {
            lockCart.require(cart, seen);
            if (cart.lines().isEmpty()) {
                throw CART_EMPTY.because("There is nothing in cart " + id);
            }
            var wish = wish(cart, request);
            placeOrder.check(wish);
            var skus = cart.lines().stream().map(line -> new Sku(line.sku())).toList();
            return findOffers
                    .find(bearer.caller().tenant(), skus, cart.currency(), authorization)
                    .map(offers -> ofLines(cart, offers))
                    .invoke(offers -> PriceChange.refuseAny(cart, offers))
                    .chain(offers -> placeOrder.order(bearer.caller(), authorization, wish, offers));
        });
    }

    /** Without those of a SKU under which a line means another variant: orders go by SKU, and would sell that line as this one. */
    private static Map<String, Offer> ofLines(Cart cart, Map<String, Offer> offers) {
        var own = new HashMap<>(offers);
        cart.lines().stream()
                .filter(line -> line.among(offers) == null)
                .forEach(line -> own.remove(Sku.key(line.sku())));
        return own;
    }

    private static OrderRequest wish(Cart cart, CartCheckoutRequest request) {
        return new OrderRequest(
                cart.currency(),
                cart.lines().stream()
                        .map(line -> new OrderRequest.Line(line.sku(), line.quantity()))
                        .toList(),
                request.shipTo(),
                request.shippingAddressId(),
                request.reservationId(),
                request.payment());
    }
}
