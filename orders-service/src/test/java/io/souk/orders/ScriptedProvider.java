package io.souk.orders;

import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import io.souk.orders.payment.Holding;
import io.souk.orders.payment.PaymentProvider;
import io.souk.orders.payment.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A provider that answers when the test says so. Calls are told apart by the token, which no two tests share. */
@ApplicationScoped
public class ScriptedProvider implements PaymentProvider {
    private static final Map<String, Script> SCRIPTS = new ConcurrentHashMap<>();

    /** What happens to the payments of one token. */
    static final class Script {
        final AtomicInteger asked = new AtomicInteger();
        final AtomicInteger cancelled = new AtomicInteger();
        /** The idempotency keys of captures and refunds, call by call. */
        final List<UUID> captures = new CopyOnWriteArrayList<>();

        final List<UUID> refunds = new CopyOnWriteArrayList<>();
        final AtomicInteger looks = new AtomicInteger();
        private final AtomicReference<@Nullable Holding> holding = new AtomicReference<>(Holding.NOTHING);
        private final CompletableFuture<Verdict> answer = new CompletableFuture<>();
        private final CompletableFuture<Verdict> capture = new CompletableFuture<>();
        private final AtomicBoolean refusesNextRefund = new AtomicBoolean();

        void answer(Verdict authorisation) {
            answer.complete(authorisation);
        }

        /** Has so much of the payment until it is cancelled and refunded; null: does not say. */
        void holds(@Nullable Holding held) {
            holding.set(held);
        }

        /** From now on; who has given up waiting asks again. */
        void answerCaptures(Verdict verdict) {
            capture.complete(verdict);
        }

        void refuseNextRefund() {
            refusesNextRefund.set(true);
        }
    }

    static Script script(String token) {
        return SCRIPTS.computeIfAbsent(token, _ -> new Script());
    }

    /** All that is asked with the token, from now on. */
    public static void approve(String token) {
        script(token).answer(new Verdict.Approved("authorised"));
        script(token).answerCaptures(new Verdict.Approved("captured"));
    }

    @Override
    public String name() {
        return "scripted";
    }

    /** Its tokens keep the form of the card's number, and end in 0000. */
    @Override
    public boolean takes(String token) {
        return token.endsWith("0000") || PaymentProvider.super.takes(token);
    }

    @Override
    public Uni<Verdict> authorise(UUID payment, int attempt, String token, Money amount) {
        if (token.startsWith("throws-") && attempt == 1) {
            throw new IllegalStateException("as it was told\0");
        }
        script(token).asked.incrementAndGet();
        return Uni.createFrom().completionStage(script(token).answer);
    }

    @Override
    public Uni<Void> cancel(UUID payment, String token) {
        script(token).cancelled.incrementAndGet();
        script(token).holding.updateAndGet(held -> held == null ? null : new Holding(0, held.captured()));
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Verdict> capture(UUID payment, UUID movement, String token, Money amount) {
        script(token).captures.add(movement);
        return Uni.createFrom().completionStage(script(token).capture.copy());
    }

    @Override
    public Uni<Verdict> refund(UUID payment, UUID movement, String token, Money amount) {
        script(token).refunds.add(movement);
        if (script(token).refusesNextRefund.getAndSet(false)) {
            return Uni.createFrom().item(new Verdict.Refused("as it was told"));
        }
        script(token)
                .holding
                .updateAndGet(held -> held == null
                        ? null
                        : new Holding(held.authorised(), Math.max(0, held.captured() - amount.amount())));
        return Uni.createFrom().item(new Verdict.Approved("refund-" + movement));
    }

    @Override
    public Uni<Holding> holding(UUID payment, String token) {
        script(token).looks.incrementAndGet();
        var held = script(token).holding.get();
        return held == null ? Uni.createFrom().nothing() : Uni.createFrom().item(held);
    }
}
