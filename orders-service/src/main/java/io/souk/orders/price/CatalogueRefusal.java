package io.souk.orders.price;

import jakarta.ws.rs.WebApplicationException;

/** The catalogue answered, and said no: asking again would not help. */
final class CatalogueRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    CatalogueRefusal(Throwable cause) {
        super("the catalogue refused", cause);
    }

    static boolean isRefusal(Throwable failure) {
        return failure instanceof WebApplicationException answer
                && answer.getResponse().getStatus() >= 400
                && answer.getResponse().getStatus() < 500
                && answer.getResponse().getStatus() != 429;
    }
}
