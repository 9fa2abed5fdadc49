package io.souk.orders.cart;

import io.souk.kit.money.Money;
import io.souk.orders.order.Order;
import io.souk.orders.order.OrderLine;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.orders.OrdersProblem.CART_CHECKED_OUT;
import static io.souk.orders.OrdersProblem.CART_CURRENCY_CHANGED;
import static io.souk.orders.OrdersProblem.CART_FULL;
import static io.souk.orders.OrdersProblem.CART_MERGED;

/**
 * A cart as it stands at one version. What would change it fails with {@code CART_CHECKED_OUT} or {@code CART_MERGED}
 * unless it is open, and with {@code CART_FULL} beyond what one order may have.
 *
 * @param lines one for each variant, in the order of their variants' ids, so that the order of additions leaves no
 *     trace
 */
public record Cart(
        UUID id,
        long version,
        CartOwner owner,
        String currency,
        CartState state,
        List<CartLine> lines,
        Instant updatedAt) {
    public Cart {
        lines = lines.stream().sorted(Comparator.comparing(CartLine::variantId)).toList();
        if (lines.stream().anyMatch(line -> !line.unitPrice().currency().equals(currency))) {
            throw new IllegalArgumentException("a cart has one currency");
        }
    }

    static Cart open(UUID id, CartOwner owner, String currency, Instant now) {
        return new Cart(id, 1, owner, currency, new CartState.Open(), List.of(), now);
    }

    /** Fails with {@link ArithmeticException} beyond the largest amount, which no stored cart reaches. */
    public Money total() {
        return lines.stream().map(CartLine::total).reduce(new Money(0, currency), Money::plus);
    }

    @Nullable
    CartLine line(UUID variant) {
        return lines.stream().filter(of(variant)).findFirst().orElse(null);
    }

    /** In that currency, if nothing has a price in it yet and it is open; else as it is. */
    Cart in(String wanted, Instant now) {
        boolean takes = lines.isEmpty() && state instanceof CartState.Open && !currency.equals(wanted);
        return takes ? new Cart(id, version + 1, owner, wanted, state, lines, now) : this;
    }

    /** With more units of a variant; refuses a price in what was its currency until just now, and more than a line holds, which only a merge cuts. */
    Cart add(CartLine added, Instant now) {
        if (!added.unitPrice().currency().equals(currency)) {
            throw CART_CURRENCY_CHANGED.because("The cart is in " + currency + " now");
        }
        var present = line(added.variantId());
        if (present != null && present.quantity() + added.quantity() > OrderLine.MAX_QUANTITY) {
            throw CART_FULL
                    .because("A line holds %d units, and %d are in the cart"
                            .formatted(OrderLine.MAX_QUANTITY, present.quantity()))
                    .at("/quantity", "is more than " + (OrderLine.MAX_QUANTITY - present.quantity()));
        }
        return with(present == null ? added : present.plus(added), now);
    }

    /** With that many units of a variant which is in the cart. */
    Cart set(CartLine present, int quantity, Instant now) {
        return with(present.of(quantity), now);
    }

    Cart without(UUID variant, Instant now) {
        return next(lines.stream().filter(Predicate.not(of(variant))).toList(), now);
    }

    /** With the same variants at other prices; those that are missing in {@code priced} leave the cart. */
    Cart repriced(List<CartLine> priced, Instant now) {
        return next(priced, now);
    }

    /**
     * With the lines of a guest's cart: units add up to at most what a line holds, and the price that was shown last
     * counts. An empty cart takes the guest's currency; else they must be the same.
     */
    Cart merge(Cart guest, Instant now) {
        if (lines.isEmpty()) {
            return new Cart(id, version, owner, guest.currency, state, lines, now).next(guest.lines, now);
        }
        if (!currency.equals(guest.currency)) {
            throw INVALID.because("The carts are in %s and %s".formatted(currency, guest.currency));
        }
        var merged = Stream.concat(
                        lines.stream().map(line -> {
                            var theirs = guest.line(line.variantId());
                            return theirs == null ? line : line.plus(theirs);
                        }),
                        guest.lines.stream().filter(line -> line(line.variantId()) == null))
                .toList();
        return next(merged, now);
    }

    private Cart with(CartLine line, Instant now) {
        var changed = new ArrayList<>(lines);
        changed.removeIf(of(line.variantId()));
        changed.add(line);
        return next(changed, now);
    }

    private Cart next(List<CartLine> changed, Instant now) {
        requireOpen();
        if (changed.size() > Order.MAX_LINES) {
            throw CART_FULL.because("A cart has at most " + Order.MAX_LINES + " lines");
        }
        var next = new Cart(id, version + 1, owner, currency, state, changed, now);
        try {
            next.total();
        } catch (ArithmeticException tooMuch) {
            throw CART_FULL.because("The total would be more than can be paid in one order");
        }
        return next;
    }

    void requireOpen() {
        switch (state) {
            case CartState.Open _ -> {}
            case CartState.CheckedOut out ->
                throw CART_CHECKED_OUT
                        .because("The cart is locked until order " + out.order() + " has its outcome")
                        .with("orderId", out.order());
            case CartState.Merged merged ->
                throw CART_MERGED
                        .because("The lines are in cart " + merged.into())
                        .with("cartId", merged.into());
        }
    }

    private static Predicate<CartLine> of(UUID variant) {
        return line -> line.variantId().equals(variant);
    }
}
