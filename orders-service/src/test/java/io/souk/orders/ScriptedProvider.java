package io.souk.orders;

import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;
import io.souk.orders.payment.Authorisation;
import io.souk.orders.payment.PaymentProvider;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider that answers when the test says so. Calls are told apart by the token, which no two tests share. */
@ApplicationScoped
public class ScriptedProvider implements PaymentProvider {
    private static final Map<String, Script> SCRIPTS = new ConcurrentHashMap<>();

    /** What happens to the payments of one token. */
    static final class Script {
        final AtomicInteger asked = new AtomicInteger();
        final AtomicInteger cancelled = new AtomicInteger();
        private final CompletableFuture<Authorisation> answer = new CompletableFuture<>();

        void answer(Authorisation authorisation) {
            answer.complete(authorisation);
        }
    }

    static Script script(String token) {
        return SCRIPTS.computeIfAbsent(token, _ -> new Script());
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Uni<Authorisation> authorise(UUID payment, int attempt, String token, Money amount) {
        if (token.startsWith("throws-") && attempt == 1) {
            throw new IllegalStateException("as it was told\0");
        }
        script(token).asked.incrementAndGet();
        return Uni.createFrom().completionStage(script(token).answer);
    }

    @Override
    public Uni<Void> cancel(UUID payment, String token) {
        script(token).cancelled.incrementAndGet();
        return Uni.createFrom().voidItem();
    }
}
