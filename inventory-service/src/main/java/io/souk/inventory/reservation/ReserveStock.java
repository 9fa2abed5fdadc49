package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.kit.id.Ids;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.idempotency.IdempotentBatch;
import io.souk.kit.token.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Holds what a client asks for: all lines or none. */
@ApplicationScoped
class ReserveStock {
    private final GatherCarts gatherCarts;
    private final IdempotentBatch idempotent;
    private final ReservationConfig config;

    ReserveStock(GatherCarts gatherCarts, IdempotentBatch idempotent, ReservationConfig config) {
        this.gatherCarts = gatherCarts;
        this.idempotent = idempotent;
        this.config = config;
    }

    /** What makes two requests the same: another user's key does not get this one's answer. */
    private record Asked(String owner, ReservationRequest request) {}

    /**
     * The new reservation; the same key with the same request gets the first answer again. Fails, with nothing changed, with
     * {@code OUT_OF_STOCK}, {@code UNKNOWN_SKU} or {@code UNKNOWN_LOCATION}, each naming the lines, and of a customer with
     * {@code TOO_MANY_RESERVATIONS}.
     */
    Uni<Answer> reserve(Caller caller, @Nullable String key, ReservationRequest request) {
        return Uni.createFrom()
                .deferred(() -> gatherCarts.hold(caller.tenant(), cart(caller, key, request)))
                .map(outcome -> switch (outcome) {
                    case Outcome.Answered(var answer) -> answer;
                    case Outcome.Refused(var problem) -> throw problem;
                    case Outcome.Settled _ -> throw new IllegalStateException("a client's cart has an answer");
                });
    }

    private Cart cart(Caller caller, @Nullable String key, ReservationRequest request) {
        boolean bounded = Owners.changesOnlyOwn(caller);
        var longest = bounded ? shorter(config.longestLifetime(), config.customerLongest()) : config.longestLifetime();
        var lines = request.valid(longest);
        var owner = Owners.of(caller, request.owner());
        return new Cart.OfOwner(
                Ids.next(),
                owner,
                bounded,
                lines,
                request.ttlSeconds() == null
                        ? shorter(config.lifetime(), longest)
                        : Duration.ofSeconds(request.ttlSeconds()),
                request.replaces(),
                idempotent.command(key, new Asked(owner, request)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
