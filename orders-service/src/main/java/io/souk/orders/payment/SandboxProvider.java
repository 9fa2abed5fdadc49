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

    /** Authorised as any other, but its captures are refused. */
    static final String CAPTURE_DECLINED = "tok_capture_declined";

    /** Fails once, then approves. */
    static final String FLAKY = "tok_flaky";

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Uni<Verdict> authorise(UUID payment, int attempt, String token, Money amount) {
        return switch (token) {
            case TIMEOUT -> Uni.createFrom().nothing();
            case FLAKY -> attempt == 1 ? failed() : approved(payment);
            case OK, CAPTURE_DECLINED -> approved(payment);
            case DECLINED -> Uni.createFrom().item(new Verdict.Refused("The card was declined"));
            default -> Uni.createFrom().item(new Verdict.Refused("The token is unknown"));
        };
    }

    private static Uni<Verdict> approved(UUID id) {
        return Uni.createFrom().item(new Verdict.Approved("sandbox-" + id));
    }

    private static Uni<Verdict> failed() {
        return Uni.createFrom().failure(new IOException("the sandbox failed, as it was told to"));
    }

    @Override
    public Uni<Void> cancel(UUID payment, String token) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Verdict> capture(UUID payment, UUID movement, String token, Money amount) {
        return token.equals(CAPTURE_DECLINED)
                ? Uni.createFrom().item(new Verdict.Refused("The authorisation has run out"))
                : approved(movement);
    }

    @Override
    public Uni<Verdict> refund(UUID payment, UUID movement, String token, Money amount) {
        return approved(movement);
    }

    @Override
    public Uni<Holding> holding(UUID payment, String token) {
        return Uni.createFrom().item(Holding.NOTHING);
    }
}
