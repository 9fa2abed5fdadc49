package io.souk.orders.cart;

import io.souk.kit.token.Caller;
import io.souk.kit.token.Roles;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for a cart.
 *
 * @param cartToken what was given out with a guest's cart; null when none was sent
 */
public record Bearer(Caller caller, @Nullable String cartToken) {
    /** The header that carries a guest's token. */
    public static final String HEADER = "Souk-Cart-Token";

    /** Tells bearers apart: what one of them has sent is repeated for nobody else, whatever key they guess. */
    public String name() {
        return cartToken == null
                ? caller.subject()
                : caller.subject() + ":" + CartOwner.Guest.bearing(cartToken).tokenHash();
    }

    /** Whether the cart is theirs; for anybody else it does not exist. */
    boolean owns(Cart cart) {
        return switch (cart.owner()) {
            case CartOwner.Customer customer ->
                caller.has(Roles.CUSTOMER) && customer.subject().equals(caller.subject());
            case CartOwner.Guest guest -> cartToken != null && guest.bears(cartToken);
        };
    }

    /** Staff may look, to help; never change. A vendor's people are nobody's staff here, whatever else they may read. */
    boolean maySee(Cart cart) {
        return owns(cart) || caller.has(Roles.ADMIN) || (caller.has(Roles.READONLY) && !caller.actsForVendor());
    }
}
