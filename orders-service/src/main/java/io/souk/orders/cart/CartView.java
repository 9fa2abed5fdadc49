package io.souk.orders.cart;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.money.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A cart as its bearer sees it; {@code version} is what If-Match takes. */
@Schema(name = "Cart")
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CartView(
        UUID id,
        long version,
        Status status,

        @Schema(description = "The order that locks the cart, while it is CHECKED_OUT.") @Nullable
        UUID orderId,

        @Schema(description = "The customer's cart that has the lines, once it is MERGED.") @Nullable
        UUID mergedInto,

        boolean guest,
        String currency,
        List<Line> lines,

        @Schema(description = "At the prices as shown, without taxes.")
        Money total,

        Instant updatedAt,

        @Schema(description = "Of a guest's cart: opens it, as `Souk-Cart-Token`. Told once, when the cart is made.")
        @Nullable
        String token) {
    public enum Status {
        OPEN,
        CHECKED_OUT,
        MERGED
    }

    /** A line of a cart. */
    @Schema(name = "CartLine")
    @RegisterForReflection
    public record Line(
            UUID productId,
            UUID variantId,
            String sku,
            int quantity,

            @Schema(description = "As it was shown when the line was last added to or priced.")
            Money unitPrice,

            @Schema(description = "The version of the product's price list that says so.")
            long priceVersion,

            Money total) {}

    public static CartView of(Cart cart) {
        return of(cart, null);
    }

    static CartView of(Cart cart, @Nullable String token) {
        var out = cart.state() instanceof CartState.CheckedOut checkedOut ? checkedOut.order() : null;
        var into = cart.state() instanceof CartState.Merged merged ? merged.into() : null;
        return new CartView(
                cart.id(),
                cart.version(),
                status(cart.state()),
                out,
                into,
                cart.owner() instanceof CartOwner.Guest,
                cart.currency(),
                cart.lines().stream().map(CartView::line).toList(),
                cart.total(),
                cart.updatedAt(),
                token);
    }

    private static Status status(CartState state) {
        return switch (state) {
            case CartState.Open _ -> Status.OPEN;
            case CartState.CheckedOut _ -> Status.CHECKED_OUT;
            case CartState.Merged _ -> Status.MERGED;
        };
    }

    private static Line line(CartLine line) {
        return new Line(
                line.productId(),
                line.variantId(),
                line.sku(),
                line.quantity(),
                line.unitPrice(),
                line.priceVersion(),
                line.total());
    }
}
