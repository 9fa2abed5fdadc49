package io.souk.orders.cart;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.idempotency.Idempotency;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** Adds units of a SKU to a cart. */
@ApplicationScoped
class AddToCart {
    private static final int OK = 200;

    private final Idempotency idempotency;
    private final Transactions transactions;
    private final ChangeCart change;

    AddToCart(Idempotency idempotency, Transactions transactions, ChangeCart change) {
        this.idempotency = idempotency;
        this.transactions = transactions;
        this.change = change;
    }

    /**
     * 200 with the cart. With a key, the same addition sent again adds nothing; without one it adds again, as two tabs do.
     *
     * @param authorization the header of the request on whose behalf the catalogue is asked
     */
    Uni<Answer> add(Bearer bearer, UUID id, @Nullable String key, CartLineRequest request, String authorization) {
        var sku = new Sku(request.sku());
        if (key == null) {
            return change.price(bearer, id, sku, request.quantity(), authorization)
                    .chain(line ->
                            transactions.inTenant(bearer.caller().tenant(), tx -> change.add(tx, bearer, id, line)))
                    .map(AddToCart::answer);
        }
        return idempotency.once(
                bearer.caller().tenant(),
                "add-to-cart:" + id + ":" + bearer.name(),
                key,
                request,
                () -> change.price(bearer, id, sku, request.quantity(), authorization),
                (tx, line) -> change.add(tx, bearer, id, line).map(AddToCart::answer));
    }

    private static Answer answer(Cart cart) {
        return Answer.of(OK, CartView.of(cart)).with(HttpHeaders.ETAG, Preconditions.etag(cart.version()));
    }
}
