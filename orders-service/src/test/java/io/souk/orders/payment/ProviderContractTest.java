package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import io.souk.orders.ScriptedProvider;
import io.vertx.mutiny.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What is relied on of every provider, by whichever the tests of orders are served. */
class ProviderContractTest {
    private static final Duration PROMPTLY = Duration.ofSeconds(10);
    private static final Vertx VERTX = Vertx.vertx();
    private static final Money AMOUNT = new Money(900, "USD");
    private static final Money PART = new Money(300, "USD");

    /** A provider, and a token of which it approves everything. */
    record Approving(PaymentProvider provider, String token) {}

    static Stream<Named<Approving>> providers() {
        var token = "approved-" + UUID.randomUUID();
        ScriptedProvider.approve(token);
        return Stream.of(
                Named.of("sandbox", new Approving(sandbox(), SandboxProvider.OK)),
                Named.of("scripted", new Approving(new ScriptedProvider(), token)));
    }

    private static SandboxProvider sandbox() {
        return new SandboxProvider(new SandboxBook(Optional::empty, VERTX, Clock.systemUTC()));
    }

    @AfterAll
    static void close() {
        VERTX.closeAndAwait();
    }

    private final UUID payment = UUID.randomUUID();
    private final UUID movement = UUID.randomUUID();

    @ParameterizedTest
    @MethodSource("providers")
    void itsNameIsStored_soItStaysTheSameAndIsShort(Approving of) {
        assertThat(of.provider().name())
                .matches("[a-z0-9-]{1,32}")
                .isEqualTo(of.provider().name());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whatIsAskedAgainWithItsKey_isAnsweredAsBefore(Approving of) {
        var first = answer(of.provider().authorise(payment, 1, of.token(), AMOUNT));
        assertThat(first).isInstanceOf(Verdict.Approved.class);
        assertThat(answer(of.provider().authorise(payment, 2, of.token(), AMOUNT)))
                .isEqualTo(first);

        var captured = answer(of.provider().capture(payment, movement, of.token(), PART));
        assertThat(captured).isInstanceOf(Verdict.Approved.class);
        assertThat(answer(of.provider().capture(payment, movement, of.token(), PART)))
                .isEqualTo(captured);

        var refund = UUID.randomUUID();
        var refunded = answer(of.provider().refund(payment, refund, of.token(), PART));
        assertThat(refunded).isInstanceOf(Verdict.Approved.class);
        assertThat(answer(of.provider().refund(payment, refund, of.token(), PART)))
                .isEqualTo(refunded);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whatIsGivenBackIsHeldNoLonger_andMayBeGivenBackAgain(Approving of) {
        answer(of.provider().authorise(payment, 1, of.token(), AMOUNT));

        answer(of.provider().cancel(payment, of.token()));
        answer(of.provider().cancel(payment, of.token()));

        assertThat(answer(of.provider().holding(payment, of.token())).authorised())
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aPaymentItHasNeverHeardOf_isGivenBackAndHoldsNothing(Approving of) {
        answer(of.provider().cancel(payment, of.token()));

        assertThat(answer(of.provider().holding(payment, of.token()))).isEqualTo(Holding.NOTHING);
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(PROMPTLY);
    }
}
