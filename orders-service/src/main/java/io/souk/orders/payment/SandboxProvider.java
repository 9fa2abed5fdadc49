package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.util.UUID;

/**
 * A provider without money, for trying out and for tests: the token says what happens. Its answer depends on the call alone, which
 * makes it idempotent; what it has approved it may write into a book, and never looks there itself.
 */
@ApplicationScoped
class SandboxProvider implements PaymentProvider {
    static final String OK = "tok_ok";
    static final String DECLINED = "tok_declined";

    /** Sets the amount aside, and never answers. */
    static final String TIMEOUT = "tok_timeout";

    /** Authorised as any other, but its captures are refused. */
    static final String CAPTURE_DECLINED = "tok_capture_declined";

    /** Fails once, then approves. */
    static final String FLAKY = "tok_flaky";

    private final SandboxBook book;

    SandboxProvider(SandboxBook book) {
        this.book = book;
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Uni<Verdict> authorise(UUID payment, int attempt, String token, Money amount) {
        return switch (token) {
            case TIMEOUT ->
                setAside(payment, amount).chain(() -> Uni.createFrom().nothing());
            case FLAKY -> attempt == 1 ? failed() : setAside(payment, amount);
            case OK, CAPTURE_DECLINED -> setAside(payment, amount);
            case DECLINED -> Uni.createFrom().item(new Verdict.Refused("The card was declined"));
            default -> Uni.createFrom().item(new Verdict.Refused("The token is unknown"));
        };
    }

    private Uni<Verdict> setAside(UUID payment, Money amount) {
        return approved(payment, book.write(CallKind.AUTHORISE, payment, null, amount.amount()));
    }

    private static Uni<Verdict> approved(UUID id, Uni<Void> written) {
        return written.map(_ -> new Verdict.Approved("sandbox-" + id));
    }

    private static Uni<Verdict> failed() {
        return Uni.createFrom().failure(new IOException("the sandbox failed, as it was told to"));
    }

    @Override
    public Uni<Void> cancel(UUID payment, String token) {
        return book.write(CallKind.VOID, payment, null, null);
    }

    @Override
    public Uni<Verdict> capture(UUID payment, UUID movement, String token, Money amount) {
        return token.equals(CAPTURE_DECLINED)
                ? Uni.createFrom().item(new Verdict.Refused("The authorisation has run out"))
                : approved(movement, book.write(CallKind.CAPTURE, payment, movement, amount.amount()));
    }

    @Override
    public Uni<Verdict> refund(UUID payment, UUID movement, String token, Money amount) {
        return approved(movement, book.write(CallKind.REFUND, payment, movement, amount.amount()));
    }

    @Override
    public Uni<Holding> holding(UUID payment, String token) {
        return Uni.createFrom().item(Holding.NOTHING);
    }
}
