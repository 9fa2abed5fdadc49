package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.util.UUID;

/**
 * A provider without money, for trying out and for tests: the token says what happens. It keeps nothing, and its answer
 * depends on the call alone, which makes it idempotent.
 */
@ApplicationScoped
class SandboxProvider implements PaymentProvider {
    static final String OK = "tok_ok";
    static final String DECLINED = "tok_declined";

    /** Never answers. */
    static final String TIMEOUT = "tok_timeout";

    /** Fails once, then approves. */
    static final String FLAKY = "tok_flaky";

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Uni<Authorisation> authorise(UUID payment, int attempt, String token, Money amount) {
        return switch (token) {
            case TIMEOUT -> Uni.createFrom().nothing();
            case FLAKY -> attempt == 1 ? failed() : approved(payment);
            case OK -> approved(payment);
            case DECLINED -> Uni.createFrom().item(new Authorisation.Refused("The card was declined"));
            default -> Uni.createFrom().item(new Authorisation.Refused("The token is unknown"));
        };
    }

    private static Uni<Authorisation> approved(UUID payment) {
        return Uni.createFrom().item(new Authorisation.Approved("sandbox-" + payment));
    }

    private static Uni<Authorisation> failed() {
        return Uni.createFrom().failure(new IOException("the sandbox failed, as it was told to"));
    }

    @Override
    public Uni<Void> cancel(UUID payment, String token) {
        return Uni.createFrom().voidItem();
    }
}
