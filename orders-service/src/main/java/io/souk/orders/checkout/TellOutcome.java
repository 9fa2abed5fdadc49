package io.souk.orders.checkout;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.AggregateVersions;
import io.souk.kit.http.Preconditions;
import io.souk.kit.http.Prefer;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.token.Caller;
import io.souk.orders.order.FindOrders;
import io.souk.orders.order.OrderView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** Answers who has placed an order, with its outcome if they prefer to wait for it. */
@ApplicationScoped
class TellOutcome {
    private static final Logger LOG = Logger.getLogger(TellOutcome.class);

    private final AwaitOutcome outcomes;
    private final FindOrders findOrders;

    TellOutcome(AwaitOutcome outcomes, FindOrders findOrders) {
        this.outcomes = outcomes;
        this.findOrders = findOrders;
    }

    /**
     * The outcome if it came in time, else what was answered when the order was placed.
     *
     * @param prefer the header (RFC 7240)
     */
    Uni<Response> of(Caller customer, Answer placed, @Nullable String prefer) {
        var preference = Prefer.of(prefer);
        return preference.waits()
                ? outcome(customer, placed, preference)
                : Uni.createFrom().item(placed.toResponse());
    }

    private Uni<Response> outcome(Caller customer, Answer placed, Prefer preference) {
        var id = UUID.fromString(placed.body().path("id").asText());
        return outcomes.await(customer.tenant(), id, preference.waitTime())
                .chain(() -> findOrders.find(customer, id))
                .map(found -> {
                    if (found == null || !found.order().status().isOutcome()) {
                        return placed.toResponse();
                    }
                    return Response.ok(OrderView.of(found))
                            .header(
                                    HttpHeaders.ETAG,
                                    Preconditions.etag(found.order().version()))
                            .header(AggregateVersions.VERSION, placed.headers().get(AggregateVersions.VERSION))
                            .header("Content-Location", "/v1/orders/" + id)
                            .header("Preference-Applied", preference.applied())
                            .build();
                })
                .onFailure()
                .recoverWithItem(
                        failure -> { // the order is placed, whatever becomes of the look at it
                            LOG.warnf("The outcome of order %s could not be read: %s", id, failure);
                            return placed.toResponse();
                        });
    }
}
